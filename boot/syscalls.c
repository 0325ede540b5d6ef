/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/syscalls.c - what newlib asks of a system.
 */
#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "boot/semihost.h"
#include "drivers/console.h"
#include "mm/types.h"

extern char __heap_start[], __heap_end[];

ssize_t _write(int fd, const void *buf, size_t n);
ssize_t _read(int fd, void *buf, size_t n);
void *_sbrk(ptrdiff_t bytes);
int _close(int fd);
int _fstat(int fd, struct stat *st);
int _isatty(int fd);
off_t _lseek(int fd, off_t offset, int whence);
int _kill(pid_t pid, int sig);
pid_t _getpid(void);
void _exit(int status);
void _init(void);
void _fini(void);

ssize_t _write(int fd, const void *buf, size_t n)
{
	if (fd != STDOUT_FILENO && fd != STDERR_FILENO) {
		errno = EBADF;
		return -1;
	}
	console_write(buf, n);
	return (ssize_t)n;
}

/* Waits for the first character, then gives what is there. */
ssize_t _read(int fd, void *buf, size_t n)
{
	char *out = buf;
	size_t got = 0;

	if (fd != STDIN_FILENO) {
		errno = EBADF;
		return -1;
	}
	for (int c = n ? console_wait_char() : -1; c >= 0; c = got < n ? console_getc() : -1)
		out[got++] = (char)c;
	return (ssize_t)got;
}

void *_sbrk(ptrdiff_t bytes)
{
	static char *end = __heap_start;
	char *old = end;

	if (bytes > __heap_end - end || bytes < __heap_start - end) {
		errno = ENOMEM;
		return (void *)-1;
	}
	end += bytes;
	return old;
}

int _close(int fd)
{
	(void)fd;
	errno = EBADF;
	return -1;
}

int _fstat(int fd, struct stat *st)
{
	(void)fd;
	st->st_mode = S_IFCHR;
	return 0;
}

int _isatty(int fd)
{
	(void)fd;
	return 1;
}

off_t _lseek(int fd, off_t offset, int whence)
{
	(void)fd;
	(void)offset;
	(void)whence;
	errno = ESPIPE;
	return -1;
}

int _kill(pid_t pid, int sig)
{
	(void)pid;
	(void)sig;
	errno = EINVAL;
	return -1;
}

pid_t _getpid(void)
{
	return 1;
}

void _exit(int status)
{
	semihost_exit(status);
}

/* __libc_init_array() calls these; constructors are in .init_array. */
void _init(void)
{
}

void _fini(void)
{
}
