"""Native libraries that a vendor keeps in his firmware: the data partition, where a framework unpacks a bundle's own, may
let nothing on it be run."""
import zipfile

from .problem import Problem

LIBRARY = "libsqlitejdbc.so"
#: Where the middleware's start finds it.
FOLDER = "usr/lib/hearth"
NAMES = {"arm64": "aarch64", "armhf": "armv7"}


def keep(architecture, bundles, root):
    """Puts SQLite's out of its bundle into the root: so it is the one that the bundle wants."""
    jars = sorted(bundles.glob("tv.hearth.lib.sqlite-*.jar"))
    if not jars:
        raise Problem(f"{bundles} has no tv.hearth.lib.sqlite: run ./mvnw package -DskipTests")
    entry = f"native/org/sqlite/native/Linux/{NAMES[architecture]}/{LIBRARY}"
    with zipfile.ZipFile(jars[-1]) as jar:
        try:
            content = jar.read(entry)
        except KeyError as missing:
            raise Problem(f"{jars[-1]} has no {entry}") from missing
    file = root / FOLDER / LIBRARY
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o755)
