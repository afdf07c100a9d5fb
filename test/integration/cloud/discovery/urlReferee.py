"""Fills templates from URLs as CellMapping does: [[template, url]] -> [text, or null where that fails]."""

import json
import sys
from urllib.parse import urlparse


def fill(template, url):
    try:
        parsed = urlparse(url)
        names = ('scheme', 'username', 'password', 'hostname', 'port', 'query', 'fragment')
        pieces = {name: getattr(parsed, name) for name in names}
        return template.format(path=parsed.path.lstrip('/'), **pieces)
    except Exception:
        return None


json.dump([fill(*pair) for pair in json.load(sys.stdin)], sys.stdout)
