# Prints the address of the package index that pip has built in: of the installed pip, else of a bundled one.
# Run as: python -I -c <this text>. Exits with 3 where this interpreter has no pip at all.
import glob
import os
import sys


def ask():
    try:
        from pip._internal.models.index import PyPI  # pip 10 and later
    except ImportError:
        from pip.models.index import PyPI  # pip 6 to 9
    return PyPI.simple_url


def forget_pip():
    for name in [name for name in sys.modules if name == "pip" or name.startswith("pip.")]:
        del sys.modules[name]


def bundles():
    """The wheels that ensurepip installs: beside it, or where a distribution moved them."""
    folders = []
    try:
        import ensurepip
        folders.append(os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"))
    except ImportError:
        pass
    try:
        import sysconfig
        folders.append(sysconfig.get_config_var("WHEEL_PKG_DIR"))
    except ImportError:
        pass
    folders.append("/usr/share/python-wheels")
    for folder in folders:
        if folder:
            for wheel in sorted(glob.glob(os.path.join(folder, "pip-*.whl"))):
                yield wheel


def main():
    try:
        return ask()
    except ImportError:
        pass
    for wheel in bundles():
        forget_pip()
        sys.path.insert(0, wheel)
        try:
            return ask()
        except ImportError:
            sys.path.remove(wheel)
    return None


address = main()
if address is None:
    sys.exit(3)
sys.stdout.write(address)
