// Command step counts the instructions that a thread of a server executes outside the kernel, address by address,
// by stepping it. All other threads of the process stand still meanwhile.
//
//	step PID TID REQUESTS
//
// It begins at a call of write and ends after REQUESTS more, or when there was none for two seconds: the thread
// may be waiting for one that stands still. It prints a line with the number of calls it saw, and one for each
// address with the count and a 1 if the instruction is a locked one.
#define _GNU_SOURCE
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { patience = 2 };

static pid_t pid;
static volatile sig_atomic_t late;

static void alarmed(int sig)
{
	(void)sig;
	late = 1;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static size_t readmem(unsigned long addr, unsigned char *to, size_t n)
{
	struct iovec local = {to, n}, remote = {(void *)addr, n};
	ssize_t r = process_vm_readv(pid, &local, 1, &remote, 1, 0);
	return r < 0 ? 0 : (size_t)r;
}

#if defined(__x86_64__)
static unsigned long pc(const struct user_regs_struct *r) { return r->rip; }

// writes: the instruction at pc calls write.
static int writes(const struct user_regs_struct *r)
{
	unsigned char b[2];
	return r->rax == 1 && readmem(r->rip, b, 2) == 2 && b[0] == 0x0f && b[1] == 0x05;
}

// locked: a lock prefix, or xchg with memory.
static int locked(unsigned long addr)
{
	unsigned char b[15];
	size_t n = readmem(addr, b, sizeof b), i = 0;
	for (; i < n && (b[i] == 0x66 || b[i] == 0xf2 || b[i] == 0xf3 || b[i] == 0xf0 || b[i] == 0x64); i++)
		if (b[i] == 0xf0)
			return 1;
	if (i < n && (b[i] & 0xf0) == 0x40)
		i++;
	return i + 1 < n && (b[i] == 0x86 || b[i] == 0x87) && b[i + 1] < 0xc0;
}
#elif defined(__aarch64__)
static unsigned long pc(const struct user_regs_struct *r) { return r->pc; }

static int writes(const struct user_regs_struct *r)
{
	unsigned char b[4];
	return r->regs[8] == 64 && readmem(r->pc, b, 4) == 4 && b[0] == 0x01 && b[1] == 0 && b[2] == 0 && b[3] == 0xd4;
}

// locked: not told apart.
static int locked(unsigned long addr)
{
	(void)addr;
	return 0;
}
#else
#error "neither x86-64 nor arm64"
#endif

// The addresses that were seen; a power of two that no server comes near.
#define SIZE (1 << 18)
static struct {
	unsigned long addr, n;
	int locked;
} seen[SIZE];

static void count(unsigned long addr)
{
	unsigned long h = (addr * 0x9E3779B97F4A7C15ul) >> 46;
	while (seen[h].addr != 0 && seen[h].addr != addr)
		h = (h + 1) & (SIZE - 1);
	if (seen[h].addr == 0) {
		seen[h].addr = addr;
		seen[h].locked = locked(addr);
	}
	seen[h].n++;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: step PID TID REQUESTS\n");
		return 2;
	}
	pid = atoi(argv[1]);
	pid_t tid = atoi(argv[2]);
	long want = atol(argv[3]), got = -1;
	struct sigaction sa = {.sa_handler = alarmed};
	sigaction(SIGALRM, &sa, NULL);

	char path[64];
	snprintf(path, sizeof path, "/proc/%d/task", pid);
	DIR *d = opendir(path);
	if (d == NULL)
		die(path);
	for (struct dirent *e; (e = readdir(d)) != NULL;) {
		pid_t t = atoi(e->d_name);
		if (t == 0)
			continue;
		if (ptrace(PTRACE_SEIZE, t, NULL, NULL) != 0) {
			if (errno == ESRCH)
				continue;
			die("ptrace");
		}
		ptrace(PTRACE_INTERRUPT, t, NULL, NULL);
		waitpid(t, NULL, __WALL);
	}

	alarm(patience);
	while (got < want && !late) {
		int status;
		if (ptrace(PTRACE_SINGLESTEP, tid, NULL, NULL) != 0 || waitpid(tid, &status, __WALL) < 0 || !WIFSTOPPED(status))
			break;
		struct user_regs_struct r;
		struct iovec v = {&r, sizeof r};
		if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &v) != 0)
			break;
		if (got >= 0)
			count(pc(&r));
		if (writes(&r)) {
			got++;
			alarm(patience);
		}
	}
	alarm(0);

	// Let all go on.
	if (late) {
		ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
		waitpid(tid, NULL, __WALL);
		// The step over the system call that was waiting has ended as well, and its SIGTRAP would kill
		// the server when nobody takes it.
		struct __ptrace_peeksiginfo_args from = {.nr = 8};
		siginfo_t pending[8];
		long n = ptrace(PTRACE_PEEKSIGINFO, tid, &from, pending);
		for (long i = 0; i < n; i++)
			if (pending[i].si_signo == SIGTRAP) {
				ptrace(PTRACE_CONT, tid, NULL, NULL);
				waitpid(tid, NULL, __WALL);
				break;
			}
	}
	rewinddir(d);
	for (struct dirent *e; (e = readdir(d)) != NULL;)
		if (atoi(e->d_name) != 0)
			ptrace(PTRACE_DETACH, atoi(e->d_name), NULL, NULL);
	closedir(d);

	printf("%ld\n", got < 0 ? 0 : got);
	for (int i = 0; i < SIZE; i++)
		if (seen[i].addr != 0)
			printf("%lx %lu %d\n", seen[i].addr, seen[i].n, seen[i].locked);
	return 0;
}
