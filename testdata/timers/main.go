// Command timers sleeps, sets timers, tickers, deadlines and contexts, and prints what came of it in
// which order. main.cs beside this file is the same program.
package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	ms    = time.Millisecond
	never = time.Hour // no run takes so long
	most  = time.Duration(1<<63 - 1)
	least = time.Duration(-1 << 63)
)

func line(s string) {
	os.Stdout.WriteString(s + "\n")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}

func timeout(err error) string {
	if t, ok := err.(interface{ Timeout() bool }); ok {
		return yes(t.Timeout())
	}
	return "not said"
}

func must(err error) {
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}

// panics returns what f panics with.
func panics(f func()) (s string) {
	defer func() {
		switch v := recover().(type) {
		case string:
			s = "string: " + v
		case error:
			s = "error: " + v.Error()
		}
	}()
	f()
	return "no panic"
}

// inOrder runs f with longer and longer gaps until its result is the one that is wanted: on a busy
// machine goroutines that are due one after the other are late, and then their order is anybody's.
func inOrder(want string, f func(gap time.Duration) string) string {
	got := ""
	for gap := 20 * ms; gap < 2*time.Second; gap *= 2 {
		got = f(gap)
		if got == want {
			break
		}
	}
	return got
}

// collect receives n names.
func collect(c chan string, n int) string {
	s := <-c
	for i := 1; i < n; i++ {
		s += " " + <-c
	}
	return s
}

// waiting waits until n goroutines wait for reason.
func waiting(reason string, n int) {
	buf := make([]byte, 1<<16)
	for {
		s := string(buf[:runtime.Stack(buf, true)])
		if strings.Count(s, " ["+reason) == n {
			return
		}
		time.Sleep(ms)
	}
}

func sleepFor(c chan string, slot int, gap time.Duration) {
	time.Sleep(time.Duration(slot) * gap)
	c <- strconv.Itoa(slot)
}

func sleeps() {
	line("sleeps")
	line("order: " + inOrder("1 2 3 4 5 6 7", func(gap time.Duration) string {
		c := make(chan string, 7)
		for _, slot := range []int{5, 3, 1, 7, 2, 6, 4} {
			slot := slot
			go sleepFor(c, slot, gap)
		}
		return collect(c, 7)
	}))
	start := time.Now()
	time.Sleep(20 * ms)
	line("20ms are over after 20ms: " + yes(time.Since(start) >= 20*ms))
	time.Sleep(0)
	time.Sleep(-1)
	time.Sleep(-never)
	time.Sleep(least)
	line("none and less than none: returned")
	c := make(chan string, 100)
	for i := 0; i < 100; i++ {
		go sleepFor(c, 1, 20*ms)
	}
	line("a hundred at the same time: " + strconv.Itoa(strings.Count(collect(c, 100), "1")))
}

func afterFuncs() {
	line("after funcs")
	line("order: " + inOrder("1 2 3 4 5 6 7", func(gap time.Duration) string {
		c := make(chan string, 7)
		for _, slot := range []int{4, 7, 2, 6, 1, 3, 5} {
			slot := slot
			time.AfterFunc(time.Duration(slot)*gap, func() { c <- strconv.Itoa(slot) })
		}
		return collect(c, 7)
	}))
	line("order with stopped ones between: " + inOrder("1 3 5 7", func(gap time.Duration) string {
		c := make(chan string, 7)
		ts := make([]*time.Timer, 8)
		for _, slot := range []int{3, 6, 2, 7, 1, 4, 5} {
			slot := slot
			ts[slot] = time.AfterFunc(time.Duration(slot)*gap, func() { c <- strconv.Itoa(slot) })
		}
		for slot := 2; slot <= 6; slot += 2 {
			if !ts[slot].Stop() {
				return "late"
			}
		}
		return collect(c, 4)
	}))
	line("order of those that were moved: " + inOrder("1 2 3 4", func(gap time.Duration) string {
		c := make(chan string, 4)
		ts := make([]*time.Timer, 5)
		for slot := 1; slot <= 4; slot++ {
			slot := slot
			ts[slot] = time.AfterFunc(time.Duration(10-slot)*gap, func() { c <- strconv.Itoa(slot) })
		}
		for slot := 4; slot >= 1; slot-- {
			if !ts[slot].Reset(time.Duration(slot) * gap) {
				return "late"
			}
		}
		return collect(c, 4)
	}))
	c := make(chan string, 3)
	time.AfterFunc(0, func() { c <- "run" })
	time.AfterFunc(-1, func() { c <- "run" })
	time.AfterFunc(least, func() { c <- "run" })
	line("none and less than none: " + collect(c, 3))
	t := time.AfterFunc(most, func() { c <- "run" })
	line("the longest: no channel " + yes(t.C == nil) + ", stopped " + yes(t.Stop()))

	// One in the other.
	depth := 0
	var f func()
	f = func() {
		depth++
		if depth == 5 {
			c <- "deepest"
			return
		}
		time.AfterFunc(ms, f)
	}
	time.AfterFunc(ms, f)
	line("one in the other: " + <-c + " " + strconv.Itoa(depth))

	// One that sets itself again.
	runs := 0
	set := make(chan *time.Timer, 1)
	var own *time.Timer
	own = time.AfterFunc(never, func() {
		t := <-set
		runs++
		if runs == 3 {
			c <- "stopped " + yes(t.Stop())
			return
		}
		set <- t
		if t.Reset(ms) {
			c <- "was set"
		}
	})
	set <- own
	line("moved up: " + yes(own.Reset(ms)))
	line("sets itself again: " + <-c + " " + strconv.Itoa(runs))

	// One that waits keeps no other one from running.
	gate := make(chan string)
	time.AfterFunc(ms, func() { c <- "opened by the " + <-gate })
	waiting("chan receive", 1)
	time.AfterFunc(ms, func() { gate <- "second" })
	line("the first is " + <-c)
}

func many() {
	line("many timers")
	const n = 40
	line("forty, set in no order, go off in order, none too early: " + inOrder("yes", func(gap time.Duration) string {
		ts := make([]*time.Timer, n)
		start := time.Now()
		for i := 0; i < n; i++ {
			slot := i * 17 % n
			ts[slot] = time.NewTimer(time.Duration(slot) * gap)
		}
		ordered := true
		last := start
		for slot := 0; slot < n; slot++ {
			at := <-ts[slot].C
			if at.Before(last) || at.Sub(start) < time.Duration(slot)*gap {
				ordered = false
			}
			last = at
		}
		return yes(ordered)
	}))
	// Those of an hour stay, and collections look at them.
	ts := make([]*time.Timer, 1000)
	for i := range ts {
		ts[i] = time.NewTimer(never + time.Duration(i*617%1000)*time.Minute)
	}
	runtime.GC()
	moved := 0
	for i := 0; i < len(ts); i += 2 {
		if ts[i].Reset(ms) {
			moved++
		}
	}
	for i := 0; i < len(ts); i += 2 {
		<-ts[i].C
	}
	runtime.GC()
	stopped := 0
	for i := range ts {
		if ts[i].Stop() {
			stopped++
		}
	}
	line("a thousand: moved " + strconv.Itoa(moved) + ", gone off " + strconv.Itoa(moved) + ", stopped " + strconv.Itoa(stopped))
}

func stopReset() {
	line("stop and reset")
	t := time.NewTimer(never)
	line("not due: Stop " + yes(t.Stop()) + ", Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(never)) + ", Reset " + yes(t.Reset(2*never)) +
		", Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()))
	t = time.NewTimer(20 * ms)
	<-t.C
	s := "received: Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(20*ms))
	<-t.C
	line(s + ", received, Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()))
	for _, d := range []time.Duration{0, -1, least} {
		t = time.NewTimer(d)
		for len(t.C) == 0 {
			time.Sleep(ms)
		}
		s = "gone off: Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()) + ", in the channel " + strconv.Itoa(len(t.C)) + " of " + strconv.Itoa(cap(t.C))
		<-t.C
		line(s + ", then " + strconv.Itoa(len(t.C)))
	}
	// What is in the channel stays when the timer goes off again.
	t = time.NewTimer(0)
	for len(t.C) == 0 {
		time.Sleep(ms)
	}
	s = "gone off twice: Reset " + yes(t.Reset(0))
	for t.Stop() {
		t.Reset(0)
		time.Sleep(ms)
	}
	line(s + ", in the channel " + strconv.Itoa(len(t.C)))
	runs := make(chan string, 10)
	t = time.AfterFunc(20*ms, func() { runs <- "run" })
	s = "after func: " + <-runs + ", Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(20*ms))
	s += ", " + <-runs + ", Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()) + ", Stop " + yes(t.Stop())
	line(s + ", runs left " + strconv.Itoa(len(runs)))
	line("Stop of no timer: " + panics(func() { new(time.Timer).Stop() }))
	line("Reset of no timer: " + panics(func() { new(time.Timer).Reset(ms) }))
}

// together runs f on n goroutines and counts the times that it returns true.
func together(n int, f func(i int) bool) int {
	var wg sync.WaitGroup
	var count int32
	wg.Add(n)
	for i := 0; i < n; i++ {
		i := i
		go func() {
			if f(i) {
				atomic.AddInt32(&count, 1)
			}
			wg.Done()
		}()
	}
	wg.Wait()
	return int(count)
}

func several() {
	line("several goroutines")
	t := time.NewTimer(never)
	line("a hundred Stops: true " + strconv.Itoa(together(100, func(i int) bool { return t.Stop() })))
	line("a hundred Resets: true " + strconv.Itoa(together(100, func(i int) bool { return t.Reset(never + time.Duration(i)) })))
	line("again: true " + strconv.Itoa(together(100, func(i int) bool { return t.Reset(never - time.Duration(i)) })))
	var stops, resets int32
	together(100, func(i int) bool {
		for j := 0; j < 100; j++ {
			if (i+j)%2 == 0 {
				if t.Stop() {
					atomic.AddInt32(&stops, 1)
				}
			} else if !t.Reset(never + time.Duration(i*j)) {
				atomic.AddInt32(&resets, 1)
			}
		}
		return true
	})
	left := 1 - stops + resets
	line("both, mixed: the sum is 0 or 1 " + yes(left == 0 || left == 1) + ", and Stop says the same " + yes(t.Stop() == (left == 1)))

	// Each goes off or is stopped, never both and never neither.
	var ran, stopped int32
	ts := make([]*time.Timer, 400)
	for i := range ts {
		ts[i] = time.AfterFunc(time.Duration(i%20)*100*time.Microsecond, func() { atomic.AddInt32(&ran, 1) })
	}
	together(4, func(i int) bool {
		for j := i / 2; j < len(ts); j += 2 {
			if ts[j].Stop() {
				atomic.AddInt32(&stopped, 1)
			}
			if j%16 == 0 {
				runtime.Gosched()
			}
		}
		return true
	})
	for i := 0; i < 10000 && atomic.LoadInt32(&ran)+atomic.LoadInt32(&stopped) < 400; i++ {
		time.Sleep(ms)
	}
	time.Sleep(20 * ms)
	line("four hundred that go off while they are stopped: " + strconv.Itoa(int(atomic.LoadInt32(&ran)+atomic.LoadInt32(&stopped))))

	// As before, but what goes off is moved into the far future, and stopped there.
	var moved, gone int32
	for i := range ts {
		ts[i] = time.NewTimer(time.Duration(i%20) * 100 * time.Microsecond)
	}
	together(4, func(i int) bool {
		for j := i; j < len(ts); j += 4 {
			if ts[j].Reset(never) {
				atomic.AddInt32(&moved, 1)
			} else {
				<-ts[j].C
				atomic.AddInt32(&gone, 1)
			}
		}
		return true
	})
	n := 0
	for i := range ts {
		if ts[i].Stop() {
			n++
		}
	}
	line("four hundred that go off while they are moved: " + strconv.Itoa(int(moved+gone)) + ", stopped " + strconv.Itoa(n))
}

// quiet lets pass what is under way, empties c and then waits for what should not come.
func quiet(c <-chan time.Time) string {
	time.Sleep(20 * ms)
	select {
	case <-c:
	default:
	}
	select {
	case <-c:
		return "no"
	case <-time.After(60 * ms):
		return "yes"
	}
}

func tickers() {
	line("tickers")
	start := time.Now()
	t := time.NewTicker(20 * ms)
	early := false
	for i := 1; i <= 5; i++ {
		if at := <-t.C; at.Sub(start) < time.Duration(i)*20*ms {
			early = true
		}
	}
	line("five ticks, one too early: " + yes(early))
	t.Stop()
	t.Stop()
	line("quiet after Stop: " + quiet(t.C))
	t.Reset(20 * ms)
	<-t.C
	<-t.C
	t.Reset(never)
	line("two ticks after Reset, quiet with an hour: " + quiet(t.C))
	t.Reset(20 * ms)
	<-t.C
	for len(t.C) == 0 {
		time.Sleep(ms)
	}
	time.Sleep(100 * ms)
	line("ticks that nobody took: " + strconv.Itoa(len(t.C)) + " of " + strconv.Itoa(cap(t.C)))
	t.Stop()
	line("NewTicker(0): " + panics(func() { time.NewTicker(0) }))
	line("NewTicker(-1): " + panics(func() { time.NewTicker(-1) }))
	line("Reset(0): " + panics(func() { t.Reset(0) }))
	line("Reset of no ticker: " + panics(func() { new(time.Ticker).Reset(ms) }))
	line("Stop of no ticker: " + panics(func() { new(time.Ticker).Stop() }))
	line("Tick(0): " + yes(time.Tick(0) != nil) + ", Tick(-1): " + yes(time.Tick(-1) != nil))
	c := time.Tick(20 * ms)
	first := <-c
	second := <-c
	line("Tick, the second after the first: " + yes(second.After(first)))

	// Three at once, each at its own pace, by one select.
	a, b, d := time.NewTicker(20*ms), time.NewTicker(30*ms), time.NewTicker(never)
	na, nb, nd := 0, 0, 0
	for na < 3 || nb < 3 {
		select {
		case <-a.C:
			na++
		case <-b.C:
			nb++
		case <-d.C:
			nd++
		}
	}
	a.Stop()
	b.Stop()
	d.Stop()
	line("three at once: " + yes(na >= 3 && nb >= 3) + ", that of an hour " + strconv.Itoa(nd))
}

func selects() {
	line("selects")
	var none chan string
	c := make(chan string)
	s := ""
	select {
	case <-time.After(20 * ms):
		s = "20ms"
	case <-time.After(never):
		s = "an hour"
	}
	line("the first of two: " + s)
	select {
	case s = <-none:
	case s = <-c:
	case c <- "sent":
		s = "sent"
	case <-time.After(20 * ms):
		s = "timed out"
	}
	line("nothing else is ready: " + s)
	select {
	case <-time.After(never):
		s = "an hour"
	default:
		s = "default"
	}
	line("not due yet: " + s)
	go func() { c <- "message" }()
	select {
	case s = <-c:
	case <-time.After(never):
		s = "an hour"
	}
	line("a message: " + s)
	for _, d := range []time.Duration{0, -1, least} {
		select {
		case <-time.After(d):
			s = "at once"
		case <-time.After(most):
			s = "last"
		}
		line("none and less than none: " + s)
	}
	outs := 0
	for i := 0; i < 3; i++ {
		select {
		case s = <-c:
		case <-time.After(20 * ms):
			outs++
		}
	}
	line("timed out in a row: " + strconv.Itoa(outs))
	got := 0
	go func() {
		for i := 0; i < 10; i++ {
			time.Sleep(ms)
			c <- "tick"
		}
		close(c)
	}()
	limit := time.After(never)
	open := true
	for open {
		select {
		case _, open = <-c:
			if open {
				got++
			}
		case <-limit:
			open = false
		}
	}
	line("messages with one limit for all: " + strconv.Itoa(got))
}

// work keeps the goroutine busy, so that meanwhile the other threads go to sleep in the poller.
func work(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
		runtime.Gosched()
	}
}

func earlier() {
	line("earlier than what is slept on")
	far := time.NewTimer(never)
	first := 0
	for i := 0; i < 10; i++ {
		work(10 * ms)
		select {
		case <-far.C:
		case <-time.After(ms):
			first++
		}
	}
	line("a new one: " + strconv.Itoa(first))
	c := make(chan string)
	first = 0
	for i := 0; i < 10; i++ {
		go func() {
			work(10 * ms)
			c <- "moved " + yes(far.Reset(ms))
		}()
		s := <-c
		<-far.C
		if s == "moved yes" {
			first++
		}
		far.Reset(never)
	}
	line("the same, moved: " + strconv.Itoa(first))
	first = 0
	for i := 0; i < 10; i++ {
		go func() {
			work(10 * ms)
			far.Reset(ms)
		}()
		// All that waits now waits for an hour.
		<-far.C
		first++
		far.Reset(never)
	}
	line("the same, moved while it is waited for: " + strconv.Itoa(first))
	line("the hour: Stop " + yes(far.Stop()))
}

// pair returns both ends of a connection.
func pair() (net.Conn, net.Conn) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	a, err := net.Dial("tcp", ln.Addr().String())
	must(err)
	b, err := ln.Accept()
	must(err)
	must(ln.Close())
	return a, b
}

// readTimeout reads until the deadline and sends name.
func readTimeout(c chan string, conn net.Conn, name string) {
	_, err := conn.Read(make([]byte, 1))
	if !errors.Is(err, os.ErrDeadlineExceeded) || timeout(err) != "yes" {
		name += " " + text(err)
	}
	c <- name
}

func deadlines() {
	line("deadlines")
	a, b := pair()
	line("order: " + inOrder("timer1 read2 func3 context4 read5 sleep6", func(gap time.Duration) string {
		c := make(chan string, 6)
		start := time.Now()
		must(b.SetReadDeadline(start.Add(5 * gap)))
		must(a.SetReadDeadline(start.Add(2 * gap)))
		go readTimeout(c, b, "read5")
		go readTimeout(c, a, "read2")
		go func() {
			time.Sleep(6 * gap)
			c <- "sleep6"
		}()
		time.AfterFunc(3*gap, func() { c <- "func3" })
		ctx, cancel := context.WithTimeout(context.Background(), 4*gap)
		defer cancel()
		go func() {
			<-ctx.Done()
			c <- "context4"
		}()
		timer := time.After(gap)
		go func() {
			<-timer
			c <- "timer1"
		}()
		return collect(c, 6)
	}))
	c := make(chan string, 2)
	must(a.SetReadDeadline(time.Time{}))
	go readTimeout(c, a, "read")
	waiting("IO wait", 1)
	must(a.SetReadDeadline(time.Now().Add(never)))
	line("an hour while it is waited for: waits " + yes(len(c) == 0))
	must(a.SetReadDeadline(time.Now().Add(20 * ms)))
	line("20ms while it is waited for: " + <-c)
	must(a.SetReadDeadline(time.Time{}))
	go readTimeout(c, a, "read")
	waiting("IO wait", 1)
	must(a.SetReadDeadline(time.Now().Add(-1)))
	line("the past while it is waited for: " + <-c)
	readTimeout(c, a, "read")
	line("still past: " + <-c)
	must(a.SetReadDeadline(time.Time{}))
	got := make([]byte, 1)
	go func() {
		_, err := io.ReadFull(a, got)
		c <- text(err)
	}()
	waiting("IO wait", 1)
	_, err := b.Write([]byte("x"))
	must(err)
	s := <-c
	line("none again: " + s + " " + string(got))
	// A timer that goes off closes what is read.
	must(b.SetReadDeadline(time.Time{}))
	go func() {
		_, err := b.Read(make([]byte, 1))
		c <- yes(errors.Is(err, net.ErrClosed)) + ", timeout " + timeout(err)
	}()
	waiting("IO wait", 1)
	time.AfterFunc(20*ms, func() { b.Close() })
	line("closed by a timer: " + <-c)
	must(a.Close())
}

// state tells about a context.
func state(ctx context.Context) string {
	done := "no"
	select {
	case <-ctx.Done():
		done = "yes"
	default:
	}
	return "done " + done + ", " + text(ctx.Err())
}

func contexts() {
	line("contexts")
	bg := context.Background()
	_, ok := bg.Deadline()
	line("background: " + state(bg) + ", deadline " + yes(ok) + ", channel " + yes(bg.Done() != nil))
	line("DeadlineExceeded: " + text(context.DeadlineExceeded) + ", timeout " + timeout(context.DeadlineExceeded) +
		", os.ErrDeadlineExceeded " + yes(errors.Is(context.DeadlineExceeded, os.ErrDeadlineExceeded)))
	line("Canceled: " + text(context.Canceled) + ", timeout " + timeout(context.Canceled))

	ctx, cancel := context.WithCancel(bg)
	_, ok = ctx.Deadline()
	line("with cancel: " + state(ctx) + ", deadline " + yes(ok))
	cancel()
	line("cancelled: " + state(ctx) + ", the error itself " + yes(ctx.Err() == context.Canceled))
	cancel()
	line("again: " + state(ctx))
	sub, cancel2 := context.WithTimeout(ctx, never)
	line("a child of it: " + state(sub))
	cancel2()

	ctx, cancel = context.WithTimeout(bg, 20*ms)
	_, ok = ctx.Deadline()
	s := "with timeout: deadline " + yes(ok)
	<-ctx.Done()
	line(s + ", " + state(ctx) + ", timeout " + timeout(ctx.Err()) + ", the error itself " + yes(ctx.Err() == context.DeadlineExceeded))
	cancel()
	line("cancelled after that: " + state(ctx))
	ctx, cancel = context.WithTimeout(bg, never)
	cancel()
	line("cancelled before: " + state(ctx))
	for _, d := range []time.Duration{0, -1, -never} {
		ctx, cancel = context.WithTimeout(bg, d)
		line("none and less than none: " + state(ctx))
		cancel()
	}
	at := time.Now().Add(20 * ms)
	ctx, cancel = context.WithDeadline(bg, at)
	line("with deadline, not yet: " + yes(ctx.Err() == nil || !time.Now().Before(at)))
	<-ctx.Done()
	line("then: " + state(ctx) + ", too early " + yes(time.Now().Before(at)))
	cancel()

	// A child has the earlier one of the two deadlines, and what ends it does not end its parent.
	parent, cancel := context.WithDeadline(bg, at.Add(never))
	later, cancel2 := context.WithDeadline(parent, at.Add(2*never))
	sooner, cancel3 := context.WithTimeout(parent, 20*ms)
	d, ok := later.Deadline()
	line("a child's deadline: " + yes(ok) + ", the parent's " + yes(d.Equal(at.Add(never))))
	<-sooner.Done()
	line("the sooner: " + state(sooner))
	line("the later: " + state(later))
	line("the parent: " + state(parent))
	cancel()
	line("the parent, cancelled: " + state(parent))
	line("the later: " + state(later))
	line("the sooner: " + state(sooner))
	cancel2()
	cancel3()

	// The order of several.
	line("order: " + inOrder("1 context deadline exceeded, 2 context deadline exceeded, 3 context canceled, 4 context deadline exceeded, 5 context canceled,", func(gap time.Duration) string {
		c := make(chan string, 5)
		wait := func(ctx context.Context, slot int) {
			<-ctx.Done()
			c <- strconv.Itoa(slot) + " " + text(ctx.Err()) + ","
		}
		start := time.Now()
		parent, cancel := context.WithCancel(bg)
		defer cancel()
		c4, cancel4 := context.WithDeadline(parent, start.Add(4*gap))
		defer cancel4()
		c1, cancel1 := context.WithDeadline(c4, start.Add(gap))
		defer cancel1()
		c3, cancel3 := context.WithCancel(parent)
		defer cancel3()
		c2, cancel2 := context.WithTimeout(parent, 2*gap)
		defer cancel2()
		go wait(parent, 5)
		go wait(c4, 4)
		go wait(c3, 3)
		go wait(c2, 2)
		go wait(c1, 1)
		time.AfterFunc(3*gap, cancel3)
		time.AfterFunc(5*gap, cancel)
		return collect(c, 5)
	}))

	// Many that wait.
	ctx, cancel = context.WithTimeout(bg, 20*ms)
	line("a hundred that wait: " + strconv.Itoa(together(100, func(i int) bool {
		<-ctx.Done()
		return ctx.Err() == context.DeadlineExceeded
	})))
	cancel()
	ctx, cancel = context.WithCancel(bg)
	line("a hundred that cancel: " + strconv.Itoa(together(100, func(i int) bool {
		child, cancelChild := context.WithTimeout(ctx, never)
		defer cancelChild()
		cancel()
		<-child.Done()
		return child.Err() == context.Canceled
	})))
	line("no parent: " + panics(func() {
		var none context.Context
		_, cancel := context.WithCancel(none)
		cancel()
	}))
}

func durations() {
	line("durations")
	for _, d := range []time.Duration{0, 1, -1, 1100, 2200000, 3300 * ms, 4*time.Minute + 5*time.Second, 5*never + 6*ms, most, least} {
		line(d.String())
	}
}

func main() {
	sleeps()
	afterFuncs()
	many()
	stopReset()
	several()
	tickers()
	selects()
	earlier()
	deadlines()
	contexts()
	durations()
	line("done")
}
