"""Pages of a real browser that is logged in at the desk."""

import shutil

from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")


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
