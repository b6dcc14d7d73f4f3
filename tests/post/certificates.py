"""A certificate for this machine, made by openssl, that only a test trusts."""

import ssl
import subprocess
from pathlib import Path


def self_signed(folder: Path, name: str) -> ssl.SSLContext:
    """Make a certificate for a name or address, and return a server's context with it; the certificate lies in `certificate.pem`."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    kind = "IP" if name[0].isdigit() else "DNS"
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "36500"]
    words += ["-subj", f"/CN={name}", "-addext", f"subjectAltName={kind}:{name}", "-out", str(certificate), "-keyout", str(key)]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def trusting(folder: Path) -> ssl.SSLContext:
    """Return a context that trusts the certificate of a folder, and no other."""
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))
