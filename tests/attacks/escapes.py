"""Other processes and the network: signals, sockets, programs, settings of the parent."""

from attacks.attack import at_start, family

SOCKET = "import socket"
LIBC = "import ctypes, os, signal\nlibc = ctypes.CDLL(None, use_errno=True)"

NETWORK = family(
    "network",
    {
        "TCP": at_start("socket.create_connection(('127.0.0.1', TCP), timeout=2)", before=SOCKET),
        "UDP": at_start(
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'secret', ('127.0.0.1', UDP))",
            before=SOCKET,
        ),
        "an abstract socket": at_start(
            "socket.socket(socket.AF_UNIX).connect(ABSTRACT)", before=SOCKET
        ),
        "an abstract datagram": at_start(
            "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', ABSTRACT + 'd')",
            before=SOCKET,
        ),
        "a socket in a folder": at_start(
            "socket.socket(socket.AF_UNIX).connect(HOME + '/socket')", before=SOCKET
        ),
        "a server": at_start(
            "socket.create_server(('127.0.0.1', 0))\nprint(THROUGH)", before=SOCKET
        ),
        "a pair of sockets": at_start("socket.socketpair()\nprint(THROUGH)", before=SOCKET),
        "urllib": at_start(
            "urllib.request.urlopen(f'http://127.0.0.1:{TCP}/', timeout=2)",
            before="import urllib.request",
        ),
        "http.client": at_start(
            "http.client.HTTPConnection('127.0.0.1', TCP, timeout=2).connect()",
            before="import http.client",
        ),
        "asyncio": at_start(
            "asyncio.run(asyncio.open_connection('127.0.0.1', TCP))", before="import asyncio"
        ),
        "a raw call": at_start(
            """
            handle = libc.socket(2, 2, 0)
            place = b"\\x02\\x00" + UDP.to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
            print(libc.sendto(handle, b"secret", 6, 0, place, 16))
            """,
            before=LIBC,
        ),
        "netlink": at_start(
            "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)\nprint(THROUGH)", before=SOCKET
        ),
    },
)

PROCESSES = family(
    "other processes",
    {
        "a signal": at_start("os.kill(PARENT, signal.SIGUSR1)", before=LIBC),
        "a signal to a group": at_start(
            "os.killpg(os.getpgid(PARENT), signal.SIGUSR1)", before=LIBC
        ),
        "a queued signal": at_start(
            "print(libc.sigqueue(PARENT, signal.SIGUSR2, None))", before=LIBC
        ),
        "a signal to a thread": at_start(
            "print(libc.tgkill(PARENT, PARENT, signal.SIGUSR2))", before=LIBC
        ),
        "a signal by descriptor": at_start(
            "signal.pidfd_send_signal(os.pidfd_open(PARENT), signal.SIGHUP)", before=LIBC
        ),
        "a signal by a pipe": at_start(
            """
            ours, theirs = os.pipe()
            fcntl.fcntl(ours, fcntl.F_SETOWN, PARENT)
            fcntl.fcntl(ours, 10, signal.SIGUSR1)
            fcntl.fcntl(ours, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
            os.write(theirs, b"x")
            """,
            before=LIBC + "\nimport fcntl",
        ),
        "limits of the parent": at_start(
            "resource.prlimit(PARENT, resource.RLIMIT_CORE, (0, 0))", before="import resource"
        ),
        "priority of the parent": at_start(
            "os.setpriority(os.PRIO_PROCESS, PARENT, 1)", before=LIBC
        ),
        "cores of the parent": at_start(
            "os.sched_setaffinity(PARENT, {min(os.sched_getaffinity(PARENT))})", before=LIBC
        ),
        "a trace of the parent": at_start(
            "if libc.ptrace(0x4206, PARENT, 0, 0) == 0: print(THROUGH)", before=LIBC
        ),
        "shared memory": at_start(
            """
            made = libc.shmget(MEMORY_KEY, 4096, 0o1666)
            if made >= 0 and libc.shmctl(made, 0, None) == 0: print(THROUGH)
            """,
            before=LIBC,
        ),
        "a queue of messages": at_start(
            """
            made = libc.msgget(MEMORY_KEY, 0o1666)
            if made >= 0 and libc.msgctl(made, 0, None) == 0: print(THROUGH)
            """,
            before=LIBC,
        ),
    },
)

PROGRAMS = family(
    "programs and files",
    {
        "subprocess": at_start("subprocess.run(['/bin/rm', CANARY])", before="import subprocess"),
        "os.system": at_start("os.system('/bin/rm ' + CANARY)", before="import os"),
        "posix_spawn": at_start(
            "os.waitpid(os.posix_spawn('/bin/rm', ['rm', CANARY], {}), 0)", before="import os"
        ),
        "exec": at_start("os.execv('/bin/rm', ['rm', CANARY])", before="import os"),
        "a program in memory": at_start(
            """
            handle = os.memfd_create("tool", 0)
            os.write(handle, b"#!/bin/sh\\nrm " + CANARY.encode() + b"\\n")
            os.execv(f"/proc/self/fd/{handle}", ["tool"])
            """,
            before="import os",
        ),
        "a process that stays": at_start(
            """
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    open(NEW, "w").write("still there")
                os._exit(0)
            os.wait()
            time.sleep(0.2)
            """,
            before="import os, time",
        ),
        "multiprocessing": at_start(
            """
            context = multiprocessing.get_context("fork")
            worker = context.Process(target=os.remove, args=(CANARY,))
            worker.start()
            worker.join()
            """,
            before="import multiprocessing, os",
        ),
        "permissions": at_start("os.chmod(CANARY, 0o777)", before="import os"),
        "times": at_start("os.utime(CANARY, (1, 1))", before="import os"),
        "attributes": at_start("os.setxattr(CANARY, 'user.gone', b'x')", before="import os"),
        "an owner": at_start("os.chown(CANARY, 1234, 1234)", before="import os"),
        "a raw write": at_start("print(libc.open(NEW.encode(), 0o101, 0o600))", before=LIBC),
        "another root": at_start("os.chroot('/')\nprint(THROUGH)", before="import os"),
        "other rights": at_start("os.setuid(1234)\nprint(THROUGH)", before="import os"),
    },
)
ATTACKS = [*NETWORK, *PROCESSES, *PROGRAMS]
