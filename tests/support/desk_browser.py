"""Pages of a real browser that is logged in at the desk."""

import shutil

from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
# Whether a field can be typed into, or a group of rows is unfolded.
OPEN = """place => {
  const element = document.getElementById(place);
  const folded = ':scope > details:not([open]), :scope > .tabular > details:not([open])';
  return element.checkVisibility() && !element.querySelector(folded);
}"""


def open_desk(browser: Browser, live_server, username: str, **options) -> Page:
    """A page of a browser of its own, logged in. `page.complaints` collects what its console says."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, **options).new_page()
    page.set_default_timeout(15_000)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if "Content Security" in message.text else None,
    )
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "x")
    page.click("[type=submit]")
    return page


def unfold(page: Page, place: str) -> None:
    """Opens the parts of the form around the element with the id `place`, as a link to it does."""
    page.wait_for_selector(f"#{place}", state="attached")
    page.evaluate("place => { location.hash = ''; location.hash = place }", place)
    page.wait_for_function(OPEN, arg=place)
