// The benchmarks of ../micro/benchmarks.cs, under the same names.
package micro_go

import (
	"io"
	"net"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// parked is the goroutine that waits in ParkReady. A g is never freed, so that an address will do.
var parked uintptr

// swap parks a goroutine and makes the one ready that was parked.
func swap(gp, _ unsafe.Pointer) bool {
	other := parked
	parked = uintptr(gp)
	if other != 0 {
		goready(*(*unsafe.Pointer)(unsafe.Pointer(&other)), 0)
	}
	return true
}

func swaps(n int) {
	for i := 0; i < n; i++ {
		gopark(swap, nil, 0, 20, 1)
	}
	// The other one is parked when this one ends first.
	if other := parked; other != 0 {
		parked = 0
		goready(*(*unsafe.Pointer)(unsafe.Pointer(&other)), 0)
	}
}

func BenchmarkParkReady(b *testing.B) {
	b.ReportAllocs()
	parked = 0
	done := make(chan bool)
	n := (b.N + 1) / 2
	go func() {
		swaps(n)
		done <- true
	}()
	swaps(n)
	<-done
}

func BenchmarkGosched(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		runtime.Gosched()
	}
}

func chain(n int, done chan bool) {
	if n == 0 {
		done <- true
		return
	}
	go chain(n-1, done)
}

func BenchmarkGoroutineCreateExit(b *testing.B) {
	b.ReportAllocs()
	done := make(chan bool)
	go chain(b.N-1, done)
	<-done
}

func BenchmarkChanPingPong(b *testing.B) {
	b.ReportAllocs()
	ping, pong := make(chan int), make(chan int)
	go func() {
		for i := 0; i < b.N; i++ {
			pong <- <-ping
		}
	}()
	for i := 0; i < b.N; i++ {
		ping <- i
		<-pong
	}
}

func BenchmarkSemaUncontended(b *testing.B) {
	b.ReportAllocs()
	s := new(uint32)
	*s = 1
	for i := 0; i < b.N; i++ {
		semacquire(s)
		semrelease(s, false, 0)
	}
}

func BenchmarkSemaPingPong(b *testing.B) {
	b.ReportAllocs()
	ping, pong := new(uint32), new(uint32)
	go func() {
		for i := 0; i < b.N; i++ {
			semacquire(ping)
			semrelease(pong, false, 0)
		}
	}()
	for i := 0; i < b.N; i++ {
		semrelease(ping, false, 0)
		semacquire(pong)
	}
}

func BenchmarkMutexUncontended(b *testing.B) {
	b.ReportAllocs()
	var mu sync.Mutex
	for i := 0; i < b.N; i++ {
		mu.Lock()
		mu.Unlock()
	}
}

func BenchmarkMutexContended(b *testing.B) {
	b.ReportAllocs()
	var mu sync.Mutex
	n := 2 * runtime.GOMAXPROCS(0)
	done := make(chan bool)
	for g := 0; g < n; g++ {
		go func() {
			for i := 0; i < b.N/n+1; i++ {
				mu.Lock()
				mu.Unlock()
			}
			done <- true
		}()
	}
	for g := 0; g < n; g++ {
		<-done
	}
}

func never(any, uintptr) {
	panic("a timer went off")
}

// free finds the first timer from i on that is in no heap. A deleted one leaves its heap at the next
// addition, or, when there is an earlier timer, when the scheduler looks at the heap.
func free(timers []timer, i int) int {
	for ; ; i++ {
		t := &timers[i]
		if t.status == timerNoStatus || t.status == timerRemoved {
			return i
		}
	}
}

func BenchmarkTimerAddDelete(b *testing.B) {
	b.ReportAllocs()
	timers := make([]timer, 1<<16)
	when := nanotime() + int64(time.Hour)
	b.ResetTimer()
	for n := 0; n < b.N; {
		i := 0
		for k := 0; k < 1000 && n < b.N; k++ {
			i = free(timers, i)
			t := &timers[i]
			*t = timer{f: never, when: when}
			startTimer(t)
			stopTimer(t)
			n++
			i++
		}
		// Its heap is cleared of deleted timers, and they can be used again.
		runtime.Gosched()
	}
}

func BenchmarkTimerReset(b *testing.B) {
	b.ReportAllocs()
	when := nanotime() + int64(time.Hour)
	t := &timer{f: never, when: when}
	startTimer(t)
	for i := 0; i < b.N; i++ {
		resetTimer(t, when+int64(i))
	}
	stopTimer(t)
}

// pair makes the two ends of a connection; the other one sends back what it gets.
func pair(b *testing.B) net.Conn {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer ln.Close()
	go serve(ln)
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	// The listener may only be closed when the connection is accepted.
	roundTrip(b, c, make([]byte, 64))
	return c
}

func serve(ln net.Listener) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		go echo(c)
	}
}

func echo(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 512)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		if _, err := c.Write(buf[:n]); err != nil {
			return
		}
	}
}

func roundTrip(b *testing.B, c net.Conn, buf []byte) {
	if _, err := c.Write(buf); err != nil {
		b.Fatal(err)
	}
	if _, err := io.ReadFull(c, buf); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkSetReadDeadline(b *testing.B) {
	c := pair(b)
	defer c.Close()
	t := time.Now().Add(time.Hour)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if err := c.SetReadDeadline(t); err != nil {
			b.Fatal(err)
		}
	}
}

// One P, so that a thread that sleeps in netpoll goes away at the first wake-up and does not compete.
func BenchmarkNetpollBreak(b *testing.B) {
	c := pair(b)
	defer c.Close()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		netpollBreak()
		netpoll(1)
	}
}

func BenchmarkNetpollNothingReady(b *testing.B) {
	c := pair(b)
	defer c.Close()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	// A wake-up that is under way would always be ready.
	netpoll(1)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		netpoll(0)
	}
}

func BenchmarkTCPOneShot(b *testing.B) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer ln.Close()
	go serve(ln)
	addr := ln.Addr().String()
	buf := make([]byte, 64)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			b.Fatal(err)
		}
		roundTrip(b, c, buf)
		c.Close()
	}
}

func BenchmarkTCPPersistent(b *testing.B) {
	c := pair(b)
	defer c.Close()
	buf := make([]byte, 64)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		roundTrip(b, c, buf)
	}
}

func BenchmarkFdMutexRWLock(b *testing.B) {
	b.ReportAllocs()
	var mu fdMutex
	for i := 0; i < b.N; i++ {
		rwlock(&mu, true)
		rwunlock(&mu, true)
	}
}

func BenchmarkSyscall(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		syscall.Syscall(syscall.SYS_GETPID, 0, 0, 0)
	}
}

func BenchmarkRawSyscall(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)
	}
}

// A P and a g of the benchmark's own: zeroes, and more of them than a p has bytes.
var (
	p1, p2 [1 << 16]byte
	g1     [1 << 12]byte
)

func BenchmarkRunqPutGet(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		runqput(unsafe.Pointer(&p1), unsafe.Pointer(&g1), false)
		runqget(unsafe.Pointer(&p1))
	}
}

// Two are put into one queue, half of them is stolen for the other, and the rest is taken.
func BenchmarkRunqPutSteal(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		runqput(unsafe.Pointer(&p1), unsafe.Pointer(&g1), false)
		runqput(unsafe.Pointer(&p1), unsafe.Pointer(&g1), false)
		if runqsteal(unsafe.Pointer(&p2), unsafe.Pointer(&p1), false) == nil {
			b.Fatal("nothing was stolen")
		}
		runqget(unsafe.Pointer(&p1))
	}
}
