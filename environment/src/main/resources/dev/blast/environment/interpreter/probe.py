# What an interpreter says about itself, as one JSON object. Run by "python -I -S": no site, nothing from outside.
import json
import os
import platform
import re
import struct
import sys
import sysconfig


def full_version(info):
    version = "%d.%d.%d" % (info.major, info.minor, info.micro)
    return version if info.releaselevel == "final" else version + info.releaselevel[0] + str(info.serial)


def libc():
    try:
        family, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (AttributeError, OSError, ValueError):
        family = version = ""
    match = re.match(r"(\d+)\.(\d+)", version)
    if family == "glibc" and match:
        return {"family": "glibc", "major": int(match.group(1)), "minor": int(match.group(2))}
    with open(sys.executable, "rb") as executable:
        loader = re.search(br"/[^\0]*ld-musl-[^\0]+", executable.read(1 << 16))
    if loader:
        import subprocess

        # The loader, run without a program, prints its version and a usage text.
        answer = subprocess.run([loader.group().decode()], stderr=subprocess.PIPE, universal_newlines=True).stderr
        match = re.search(r"^Version (\d+)\.(\d+)", answer, re.M)
        if match:
            return {"family": "musl", "major": int(match.group(1)), "minor": int(match.group(2))}
    return {"family": "other"}


def architecture():
    name = sysconfig.get_platform().partition("-")[2]
    if struct.calcsize("P") == 4:  # a 32-bit interpreter on a 64-bit kernel
        name = {"x86_64": "i686", "aarch64": "armv8l"}.get(name, name)
    return name


def scheme():
    name = "venv" if "venv" in sysconfig.get_scheme_names() else "posix_prefix"
    roots = dict.fromkeys(("base", "platbase", "installed_base", "installed_platbase"), "")
    return {key: sysconfig.get_path(key, name, roots).lstrip("/") for key in ("purelib", "platlib", "scripts")}


def externally_managed():
    try:
        with open(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")) as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def bundled():
    # Distributions that unbundle ensurepip's wheels say where they are (CPython 3.10); Debian has a folder of its own.
    folders = [
        sysconfig.get_config_var("WHEEL_PKG_DIR"),
        os.path.join(sysconfig.get_path("stdlib"), "ensurepip", "_bundled"),
        "/usr/share/python-wheels",
    ]
    for folder in folders:
        if folder and os.path.isdir(folder):
            wheels = sorted(name for name in os.listdir(folder) if re.match(r"(pip|setuptools)-.*\.whl$", name))
            if any(name.startswith("pip-") for name in wheels):
                return [os.path.join(folder, name) for name in wheels]
    return []


print(
    json.dumps(
        {
            "schema": 1,
            "executable": getattr(sys, "_base_executable", None) or sys.executable,
            "implementation": sys.implementation.name,
            "version": full_version(sys.version_info),
            "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
            "debug": hasattr(sys, "gettotalrefcount"),
            "architecture": architecture(),
            "libc": libc(),
            "scheme": scheme(),
            "basePrefix": sys.base_prefix,
            "stdlib": sysconfig.get_path("stdlib"),
            "externallyManaged": externally_managed(),
            "bundled": bundled(),
            "markers": {
                "implementation_name": sys.implementation.name,
                "implementation_version": full_version(sys.implementation.version),
                "os_name": os.name,
                "platform_machine": platform.machine(),
                "platform_python_implementation": platform.python_implementation(),
                "platform_release": platform.release(),
                "platform_system": platform.system(),
                "platform_version": platform.version(),
                "python_full_version": platform.python_version(),
                "python_version": "%d.%d" % sys.version_info[:2],
                "sys_platform": sys.platform,
            },
        }
    )
)
