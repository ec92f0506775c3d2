// The limit that tools/bench measures the echo servers against: an echo server in C that makes the
// system calls of testdata/echo/main.go and does next to nothing between them.
//
// For a connection: accept4, getsockname, setsockopt four times, and epoll_ctl that adds it for reading
// and writing, edge-triggered (Go does that second). For a request: epoll_pwait (which may bring several
// connections), read, write, and the read that finds nothing (EAGAIN), as a goroutine that reads again
// before it waits. A buffer of 512 bytes for each connection.
//
// What it does not do is Go's: to look at the poller without sleeping before a thread sleeps, to wake
// other threads (futex), to hand a connection from one thread to another. There is a thread for each
// CPU that the process may use, with an epoll of its own; connections are dealt out in turn, and the
// first thread accepts them.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct conn {
	int fd;
	int n, off; // what is left to be written is b[off:n]
	char b[512];
};

enum { maxThreads = 256 };

static int epfds[maxThreads];
static int threads;
static int next;

static void die(const char *what)
{
	fprintf(stderr, "echo: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void add(int epfd, struct conn *c)
{
	struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
	if (epoll_ctl(epfd, EPOLL_CTL_ADD, c->fd, &ev) < 0)
		die("epoll_ctl");
}

static void accept_all(int ln)
{
	for (;;) {
		struct sockaddr_storage sa;
		socklen_t len = sizeof sa;
		int fd = accept4(ln, (struct sockaddr *)&sa, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0) {
			if (errno == EAGAIN)
				return;
			if (errno == EINTR || errno == ECONNABORTED)
				continue;
			die("accept4");
		}
		struct conn *c = malloc(sizeof *c);
		if (c == NULL)
			die("malloc");
		c->fd = fd;
		c->n = c->off = 0;
		// The socket is set up before its thread may see it, and close it.
		int one = 1, keep = 15;
		len = sizeof sa;
		getsockname(fd, (struct sockaddr *)&sa, &len);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &keep, sizeof keep);
		setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &keep, sizeof keep);
		add(epfds[next++ % threads], c);
	}
}

static void serve(int epfd, struct conn *c)
{
	for (;;) {
		while (c->off < c->n) {
			ssize_t n = write(c->fd, c->b + c->off, (size_t)(c->n - c->off));
			if (n < 0) {
				if (errno == EAGAIN)
					return;
				if (errno == EINTR)
					continue;
				goto end;
			}
			c->off += (int)n;
		}
		ssize_t n = read(c->fd, c->b, sizeof c->b);
		if (n <= 0) {
			if (n < 0 && errno == EAGAIN)
				return;
			if (n < 0 && errno == EINTR)
				continue;
			goto end;
		}
		c->n = (int)n;
		c->off = 0;
	}
end:;
	struct epoll_event ev;
	epoll_ctl(epfd, EPOLL_CTL_DEL, c->fd, &ev);
	close(c->fd);
	free(c);
}

// The listener is told from a connection by its address.
static struct conn listener;

static void *loop(void *arg)
{
	int epfd = (int)(intptr_t)arg;
	struct epoll_event evs[128];
	for (;;) {
		int n = epoll_pwait(epfd, evs, 128, -1, NULL);
		if (n < 0 && errno != EINTR)
			die("epoll_pwait");
		for (int i = 0; i < n; i++) {
			if (evs[i].data.ptr == &listener)
				accept_all(listener.fd);
			else
				serve(epfd, evs[i].data.ptr);
		}
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(8080), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (argc > 1) {
		char *colon = argc == 3 && strcmp(argv[1], "-addr") == 0 ? strrchr(argv[2], ':') : NULL;
		if (colon != NULL)
			*colon = 0;
		if (colon == NULL || inet_pton(AF_INET, argv[2], &addr.sin_addr) != 1) {
			fprintf(stderr, "usage: echo [-addr host:port]\n");
			return 2;
		}
		addr.sin_port = htons((uint16_t)atoi(colon + 1));
	}

	struct rlimit lim;
	if (getrlimit(RLIMIT_NOFILE, &lim) == 0) {
		lim.rlim_cur = lim.rlim_max;
		setrlimit(RLIMIT_NOFILE, &lim);
	}

	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) < 0)
		die("sched_getaffinity");
	threads = CPU_COUNT(&set) < maxThreads ? CPU_COUNT(&set) : maxThreads;

	int one = 1;
	listener.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (listener.fd < 0)
		die("socket");
	setsockopt(listener.fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(listener.fd, (struct sockaddr *)&addr, sizeof addr) < 0)
		die("bind");
	// Go asks /proc/sys/net/core/somaxconn; listen cuts it to that.
	if (listen(listener.fd, 65535) < 0)
		die("listen");
	for (int i = 0; i < threads; i++)
		if ((epfds[i] = epoll_create1(EPOLL_CLOEXEC)) < 0)
			die("epoll_create1");
	add(epfds[0], &listener);
	socklen_t len = sizeof addr;
	getsockname(listener.fd, (struct sockaddr *)&addr, &len);
	printf("listening on %s:%d\n", inet_ntoa(addr.sin_addr), ntohs(addr.sin_port));
	fflush(stdout);
	for (int i = 1; i < threads; i++) {
		pthread_t t;
		if (pthread_create(&t, NULL, loop, (void *)(intptr_t)epfds[i]) != 0)
			die("pthread_create");
	}
	loop((void *)(intptr_t)epfds[0]);
}
