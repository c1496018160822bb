"""Software bill of materials (SBOM): what the site runs on as CycloneDX 1.6, from the lock and the installed packages.

Run as `python -m tests.support.sbom FILE`. Equal locks give equal bytes: it names no time.
"""

import json
import re
import sys
import uuid
from pathlib import Path

from tests.support.licences import ROOT, licence

PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;[^\\\n]*)?((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+)",
    re.MULTILINE,
)


def build() -> dict:
    """The bill as a dict: each package of requirements.txt with version, hashes of its files and licence."""
    text = (ROOT / "requirements.txt").read_text()
    components = [_component(*match.groups()) for match in PINNED.finditer(text)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "medinfo",
                "name": "medinfo",
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "medinfo", "dependsOn": [component["bom-ref"] for component in components]}],
    }


def _component(name, version, hashes):
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    files = re.findall(r"sha256:([0-9a-f]{64})", hashes)
    component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    # A package has a file a system, and a component of CycloneDX one hash an algorithm: they stand as distributions.
    component["externalReferences"] = [
        {
            "type": "distribution",
            "url": f"https://pypi.org/project/{name}/{version}/#files",
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        for digest in files
    ]
    declared = licence(name)
    if declared:
        known = {"license": {"id": declared}} if " " not in declared else {"expression": declared}
        component["licenses"] = [known]
    return component


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(build(), indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{path}: {len(build()['components'])} packages.\n")
