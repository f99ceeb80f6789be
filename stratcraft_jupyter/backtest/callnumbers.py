"""Numbers of the system calls that a process keeps when it runs a strategy."""

from functools import cache

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The architectures whose numbers are here, with what the kernel calls them."""

NEWEST = 462
"""The last number that was given out when this table was written."""

# Each call with its number on x86_64 and on aarch64; the latter lacks some of the older ones.
_PLAIN = """
# open files and pipes
read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, preadv 295 69, preadv2 327 286
close 3 57, close_range 436 436, lseek 8 62, readahead 187 213, fadvise64 221 223, dup 32 23
dup2 33 -, dup3 292 24, pipe 22 -, pipe2 293 59, poll 7 -, ppoll 271 73, select 23 -
pselect6 270 72, eventfd 284 -, eventfd2 290 19, epoll_create 213 -, epoll_create1 291 20
epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441
# names and what is said of them
stat 4 -, lstat 6 -, fstat 5 80, newfstatat 262 79, statx 332 291, statfs 137 43, fstatfs 138 44
access 21 -, faccessat 269 48, faccessat2 439 439, readlink 89 -, readlinkat 267 78
getdents 78 -, getdents64 217 61, getcwd 79 17, umask 95 166
# memory
mmap 9 222, munmap 11 215, mremap 25 216, mprotect 10 226, madvise 28 233, mincore 27 232
msync 26 227, mseal 462 462, brk 12 214
# signals to itself
rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136
rt_sigsuspend 130 133, rt_sigtimedwait 128 137, sigaltstack 131 132, pause 34 -, alarm 37 -
getitimer 36 102, setitimer 38 103, restart_syscall 219 128
# time
nanosleep 35 101, clock_nanosleep 230 115, clock_gettime 228 113, clock_getres 229 114
gettimeofday 96 169, time 201 -, times 100 153, getrusage 98 165
# what the process is
getpid 39 172, getppid 110 173, gettid 186 178, getpgrp 111 -, getpgid 121 155, getsid 124 156
getuid 102 174, geteuid 107 175, getgid 104 176, getegid 108 177, getresuid 118 148
getresgid 120 150, getgroups 115 158, getpriority 140 141, getrlimit 97 163, capget 125 90
sysinfo 99 179, uname 63 160, getcpu 309 168, sched_yield 24 124, sched_getaffinity 204 123
sched_getparam 143 121, sched_getscheduler 145 120, sched_get_priority_max 146 125
sched_get_priority_min 147 126, getrandom 318 278
# locks, and the end
futex 202 98, futex_waitv 449 449, futex_wake 454 454, futex_wait 455 455, futex_requeue 456 456
set_robust_list 273 99, get_robust_list 274 100, set_tid_address 218 96, rseq 334 293
membarrier 324 283, arch_prctl 158 -, wait4 61 260, waitid 247 95, exit 60 93, exit_group 231 94
"""

_LOOKED_AT = """
open 2 -, openat 257 56, kill 62 129, tgkill 234 131, prlimit64 302 261, ioctl 16 29,
fcntl 72 25, prctl 157 167
"""


@cache
def plain_calls(machine: str) -> dict[str, int]:
    """Calls that reach nothing outside of the process, whatever they are given."""
    return _column(_PLAIN, machine)


@cache
def looked_at_calls(machine: str) -> dict[str, int]:
    """Calls that are kept for some of their arguments only."""
    return _column(_LOOKED_AT, machine)


def _column(table: str, machine: str) -> dict[str, int]:
    place = 1 + list(MACHINES).index(machine)
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    rows = [entry.split() for line in lines for entry in line.split(",") if entry.strip()]
    return {row[0]: int(row[place]) for row in rows if row[place] != "-"}
