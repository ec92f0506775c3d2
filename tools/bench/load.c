// load is the load generator of tools/bench: so many connections to an echo server, each with one
// request outstanding (a closed loop). It checks every byte that comes back and keeps the latencies.
//
//   load -addr HOST:PORT -c CONNECTIONS -s SIZE [-t THREADS]
//   load -spin
//
// It connects, makes one round trip on every connection, prints "ready", and then obeys lines of its
// standard input: "run SECONDS", "requests N" (so many in all). Each is answered by one line of JSON
// when the last reply is in, so between two lines the server has nothing to do. At the end of the input
// it closes everything and exits with 0; a wrong byte, or a connection that ends, is a line on the
// standard error and status 1.
//
// A request is a window on a block of pseudo-random bytes, at a place that depends on the connection
// and on the number of the request: a reply of another connection, or of an earlier request, is wrong.
//
// The histogram has 128 buckets for each power of two of nanoseconds (histogram.cs has the same
// arithmetic), so a latency is known to 0.8%.
//
// With -spin it is no load at all: a thread for each CPU turns at SCHED_IDLE until the input ends. They
// run when nobody else wants the CPU and keep it from falling asleep: with one connection it is
// otherwise the time that a virtual machine needs to wake up that is measured.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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
#include <time.h>
#include <unistd.h>

enum { subBits = 7, buckets = 64 << subBits, blockSize = 1 << 16 };

struct conn {
	int fd;
	uint32_t id;
	uint32_t seq;
	int sent, got; // bytes of the request and of its reply
	int polled;    // EPOLLOUT is asked for
	uint64_t start;
	const unsigned char *want;
};

struct worker {
	pthread_t thread;
	int epfd;
	struct conn *conns;
	int n;
	unsigned char *in;
	// The phase: until when requests are started, and how many at most.
	uint64_t deadline;
	int64_t quota;
	// Its result.
	uint64_t requests, first, last, cpu, min, max;
	uint64_t hist[buckets];
};

static int size = 64;
static int threads = 1;
static struct worker *workers;
static unsigned char *block;
static pthread_barrier_t begin, end;

static void die(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static uint64_t clock_ns(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t now(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

static int bucket(uint64_t v)
{
	if (v < 1u << subBits)
		return (int)v;
	int shift = 63 - __builtin_clzll(v) - subBits;
	return ((shift + 1) << subBits) + (int)(v >> shift) - (1 << subBits);
}

static void interest(struct worker *w, struct conn *c, int out)
{
	if (c->polled == out)
		return;
	struct epoll_event ev = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c};
	if (epoll_ctl(w->epfd, EPOLL_CTL_MOD, c->fd, &ev) < 0)
		die("epoll_ctl");
	c->polled = out;
}

// send_rest writes what is left of the request.
static void send_rest(struct worker *w, struct conn *c)
{
	while (c->sent < size) {
		ssize_t n = write(c->fd, c->want + c->sent, (size_t)(size - c->sent));
		if (n < 0) {
			if (errno == EINTR)
				continue;
			if (errno == EAGAIN) {
				interest(w, c, 1);
				return;
			}
			die("write");
		}
		c->sent += (int)n;
	}
	interest(w, c, 0);
}

static void start_request(struct worker *w, struct conn *c)
{
	c->seq++;
	c->want = block + (c->id * 2654435761u + c->seq * 40503u) % blockSize;
	c->sent = c->got = 0;
	c->start = now();
	send_rest(w, c);
}

// receive takes what is there and says whether the reply is complete. It has room for one byte more
// than is due, to see one that should not be there.
static int receive(struct worker *w, struct conn *c)
{
	ssize_t n = read(c->fd, w->in, (size_t)(size - c->got) + 1);
	if (n < 0) {
		if (errno == EAGAIN || errno == EINTR)
			return 0;
		die("read");
	}
	if (n == 0) {
		fprintf(stderr, "load: connection %u, request %u: the server closed the connection\n", c->id, c->seq);
		exit(1);
	}
	if (c->got + n > c->sent) {
		fprintf(stderr, "load: connection %u, request %u: more bytes came back than were sent\n", c->id, c->seq);
		exit(1);
	}
	if (memcmp(w->in, c->want + c->got, (size_t)n) != 0) {
		int i = 0;
		while (w->in[i] == c->want[c->got + i])
			i++;
		fprintf(stderr, "load: connection %u, request %u: byte %d is 0x%02x, want 0x%02x\n", c->id, c->seq, c->got + i, w->in[i], c->want[c->got + i]);
		exit(1);
	}
	c->got += (int)n;
	return c->got == size;
}

static void phase(struct worker *w)
{
	struct epoll_event evs[256];
	int64_t issued = 0;
	int active = 0;
	memset(w->hist, 0, sizeof w->hist);
	w->requests = w->max = 0;
	w->min = UINT64_MAX;
	uint64_t cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	w->first = w->last = now();
	for (int i = 0; i < w->n && issued < w->quota; i++) {
		start_request(w, &w->conns[i]);
		issued++;
		active++;
	}
	while (active > 0) {
		int n = epoll_wait(w->epfd, evs, 256, -1);
		if (n < 0 && errno != EINTR)
			die("epoll_wait");
		for (int i = 0; i < n; i++) {
			struct conn *c = evs[i].data.ptr;
			if (evs[i].events & EPOLLOUT)
				send_rest(w, c);
			if (!(evs[i].events & ~EPOLLOUT) || !receive(w, c))
				continue;
			uint64_t t = now(), d = t - c->start;
			w->hist[bucket(d)]++;
			w->requests++;
			if (d < w->min)
				w->min = d;
			if (d > w->max)
				w->max = d;
			w->last = t;
			if (t < w->deadline && issued < w->quota) {
				start_request(w, c);
				issued++;
			} else {
				active--;
			}
		}
	}
	w->cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID) - cpu;
}

static void *work(void *arg)
{
	for (;;) {
		pthread_barrier_wait(&begin);
		phase(arg);
		pthread_barrier_wait(&end);
	}
	return NULL;
}

// run is one phase of all workers.
static void run(uint64_t ns, int64_t quota)
{
	uint64_t deadline = ns == UINT64_MAX ? ns : now() + ns;
	for (int i = 0; i < threads; i++) {
		workers[i].deadline = deadline;
		workers[i].quota = quota == INT64_MAX ? quota : quota / threads + (i < quota % threads);
	}
	pthread_barrier_wait(&begin);
	pthread_barrier_wait(&end);
}

static void print(void)
{
	static uint64_t hist[buckets];
	uint64_t requests = 0, first = UINT64_MAX, last = 0, min = UINT64_MAX, max = 0;
	double busy = 0;
	memset(hist, 0, sizeof hist);
	for (int i = 0; i < threads; i++) {
		struct worker *w = &workers[i];
		requests += w->requests;
		if (w->first < first)
			first = w->first;
		if (w->last > last)
			last = w->last;
		if (w->min < min)
			min = w->min;
		if (w->max > max)
			max = w->max;
		double b = w->last > w->first ? (double)w->cpu / (double)(w->last - w->first) : 0;
		if (b > busy)
			busy = b;
		for (int j = 0; j < buckets; j++)
			hist[j] += w->hist[j];
	}
	// busy: the share of its time that the busiest thread was running.
	printf("{\"requests\":%lu,\"ns\":%lu,\"busy\":%.4f,\"min\":%lu,\"max\":%lu,\"buckets\":[", requests, last - first, busy, requests ? min : 0, max);
	const char *sep = "";
	for (int j = 0; j < buckets; j++)
		if (hist[j]) {
			printf("%s[%d,%lu]", sep, j, hist[j]);
			sep = ",";
		}
	printf("]}\n");
	fflush(stdout);
}

static void connect_all(struct worker *w, const struct sockaddr_in *addr, int total)
{
	for (int i = 0; i < w->n; i++) {
		struct conn *c = &w->conns[i];
		c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (c->fd < 0)
			die("socket");
		int one = 1;
		setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		if (total >= 1000 && ntohl(addr->sin_addr.s_addr) >> 24 == 127) {
			// Several source addresses, so that the ports suffice though those of closed connections rest a minute.
			struct sockaddr_in src = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + c->id % 8)};
			setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
			if (bind(c->fd, (struct sockaddr *)&src, sizeof src) < 0)
				die("bind");
		}
		if (connect(c->fd, (const struct sockaddr *)addr, sizeof *addr) < 0)
			die("connect");
		fcntl(c->fd, F_SETFL, O_NONBLOCK);
		struct epoll_event ev = {.events = EPOLLIN, .data.ptr = c};
		if (epoll_ctl(w->epfd, EPOLL_CTL_ADD, c->fd, &ev) < 0)
			die("epoll_ctl");
	}
}

static void *spin(void *arg)
{
	struct sched_param p = {0};
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET((int)(intptr_t)arg, &set);
	if (sched_setaffinity(0, sizeof set, &set) < 0 || sched_setscheduler(0, SCHED_IDLE, &p) < 0)
		die("SCHED_IDLE");
	for (;;)
		__asm__ volatile("");
	return NULL;
}

static int spinners(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) < 0)
		die("sched_getaffinity");
	for (int i = 0; i < CPU_SETSIZE; i++) {
		pthread_t t;
		if (CPU_ISSET(i, &set) && pthread_create(&t, NULL, spin, (void *)(intptr_t)i) != 0)
			die("pthread_create");
	}
	printf("ready\n");
	fflush(stdout);
	char c;
	while (read(0, &c, 1) > 0)
		;
	return 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: load -addr HOST:PORT -c CONNECTIONS -s SIZE [-t THREADS] | load -spin\n");
	return 2;
}

int main(int argc, char **argv)
{
	struct sockaddr_in addr = {.sin_family = AF_INET};
	int total = 1;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-spin") == 0)
			return spinners();
		if (i + 1 == argc)
			return usage();
		char *v = argv[++i];
		if (strcmp(argv[i - 1], "-addr") == 0) {
			char *colon = strrchr(v, ':');
			if (colon == NULL)
				return usage();
			*colon = 0;
			if (inet_pton(AF_INET, v, &addr.sin_addr) != 1)
				return usage();
			addr.sin_port = htons((uint16_t)atoi(colon + 1));
		} else if (strcmp(argv[i - 1], "-c") == 0) {
			total = atoi(v);
		} else if (strcmp(argv[i - 1], "-s") == 0) {
			size = atoi(v);
		} else if (strcmp(argv[i - 1], "-t") == 0) {
			threads = atoi(v);
		} else {
			return usage();
		}
	}
	if (addr.sin_port == 0 || total < 1 || size < 1 || threads < 1)
		return usage();
	if (threads > total)
		threads = total;

	struct rlimit lim;
	if (getrlimit(RLIMIT_NOFILE, &lim) == 0) {
		lim.rlim_cur = lim.rlim_max;
		setrlimit(RLIMIT_NOFILE, &lim);
	}

	block = malloc((size_t)(blockSize + size));
	uint64_t x = 0x9e3779b97f4a7c15;
	for (int i = 0; i < blockSize + size; i++) {
		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		block[i] = (unsigned char)(x >> 32);
	}

	pthread_barrier_init(&begin, NULL, (unsigned)threads + 1);
	pthread_barrier_init(&end, NULL, (unsigned)threads + 1);
	workers = calloc((size_t)threads, sizeof *workers);
	uint32_t id = 0;
	for (int i = 0; i < threads; i++) {
		struct worker *w = &workers[i];
		w->n = total / threads + (i < total % threads);
		w->conns = calloc((size_t)w->n, sizeof *w->conns);
		w->in = malloc((size_t)size + 1);
		if ((w->epfd = epoll_create1(EPOLL_CLOEXEC)) < 0)
			die("epoll_create1");
		for (int j = 0; j < w->n; j++)
			w->conns[j].id = id++;
		connect_all(w, &addr, total);
		if (pthread_create(&w->thread, NULL, work, w) != 0)
			die("pthread_create");
	}
	run(UINT64_MAX, total);
	printf("ready\n");
	fflush(stdout);

	char line[100];
	while (fgets(line, sizeof line, stdin) != NULL) {
		double seconds;
		long n;
		if (sscanf(line, "run %lf", &seconds) == 1)
			run((uint64_t)(seconds * 1e9), INT64_MAX);
		else if (sscanf(line, "requests %ld", &n) == 1)
			run(UINT64_MAX, n);
		else
			return usage();
		print();
	}
	return 0;
}
