"""What a browser is called in the list of sessions: its name and system, as far as it tells them."""

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("MicroMessenger/", "微信"),
    ("QQBrowser/", "QQ 浏览器"),
    ("HuaweiBrowser/", "华为浏览器"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""In this order: most of them pretend to be those that come later."""
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
MAX_CHARACTERS = 40


def device_name(user_agent: str) -> str:
    """Browser and system, as ``Firefox · Windows``; the beginning of what was sent where neither is known."""
    names = [next((name for mark, name in marks if mark in user_agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    known = " · ".join(filter(None, names))
    return known or "".join(filter(str.isprintable, user_agent))[:MAX_CHARACTERS]
