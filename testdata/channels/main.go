// Command channels does with channels, selects, locks and goroutines what can be done with them, and
// prints what came of it. main.cs beside this file is the same program.
package main

import (
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const ms = time.Millisecond

func line(s string) {
	os.Stdout.WriteString(s + "\n")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// recovered tells what a panic was called with.
func recovered(v any) string {
	switch v := v.(type) {
	case runtime.Error:
		return "runtime error: " + v.Error()
	case error:
		return "error: " + v.Error()
	case string:
		return "string: " + v
	case int:
		return "int: " + strconv.Itoa(v)
	}
	return "something else"
}

// panics returns what f panics with.
func panics(f func()) (s string) {
	s = "no panic"
	defer func() {
		if v := recover(); v != nil {
			s = recovered(v)
		}
	}()
	f()
	return
}

// waiting waits until n goroutines wait for one of the reasons.
func waiting(n int, reasons ...string) {
	buf := make([]byte, 1<<16)
	for {
		s := string(buf[:runtime.Stack(buf, true)])
		found := 0
		for _, reason := range reasons {
			found += strings.Count(s, " ["+reason)
		}
		if found == n {
			return
		}
		time.Sleep(ms)
	}
}

// eventually runs f until its result is the one that is wanted, twenty times at most: the scheduler
// may always do a thing in another order.
func eventually(want string, f func() string) string {
	got := ""
	for i := 0; i < 20; i++ {
		got = f()
		if got == want {
			break
		}
	}
	return got
}

// drain receives all that is in c.
func drain(c chan string) string {
	s := ""
	for len(c) > 0 {
		s += " " + <-c
	}
	return s
}

func unbuffered() {
	line("unbuffered")
	c := make(chan int)
	line("len " + strconv.Itoa(len(c)) + " cap " + strconv.Itoa(cap(c)))
	// The receiver waits.
	done := make(chan int)
	go func() { done <- <-c * 2 }()
	waiting(1, "chan receive")
	c <- 21
	line("to a receiver that waits: " + strconv.Itoa(<-done))
	// The sender waits.
	go func() {
		c <- 7
		done <- 1
	}()
	waiting(1, "chan send")
	line("from a sender that waits: len " + strconv.Itoa(len(c)) + ", " + strconv.Itoa(<-c) + ", then it goes on " + strconv.Itoa(<-done))
	// What the sender did before is seen after.
	x := 0
	sum := 0
	go func() {
		for i := 1; i <= 1000; i++ {
			x = i
			c <- i
			<-done
		}
		close(c)
	}()
	for i := range c {
		if x == i {
			sum += x
		}
		done <- 0
	}
	line("back and forth: " + strconv.Itoa(sum))
}

func buffered() {
	line("buffered")
	c := make(chan int, 3)
	s := ""
	for i := 1; i <= 3; i++ {
		c <- i
		s += " " + strconv.Itoa(len(c)) + "/" + strconv.Itoa(cap(c))
	}
	line("filling:" + s)
	s = ""
	for i := 1; i <= 3; i++ {
		s += " " + strconv.Itoa(<-c) + " left " + strconv.Itoa(len(c))
	}
	line("emptying:" + s)
	// Round the end of the buffer many times.
	sum := 0
	for i := 0; i < 1000; i++ {
		c <- i
		c <- -2 * i
		sum += <-c + <-c
	}
	line("round and round: " + strconv.Itoa(sum))
	// Senders that wait are served in their order, behind what is in the buffer.
	c <- 1
	c <- 2
	c <- 3
	for i := 4; i <= 7; i++ {
		i := i
		go func() { c <- i }()
		waiting(i-3, "chan send")
	}
	s = ""
	for i := 1; i <= 7; i++ {
		v := <-c
		s += " " + strconv.Itoa(v) + " left " + strconv.Itoa(len(c))
	}
	line("with senders that wait:" + s)
	// Nothing else than an int.
	e := make(chan error, 2)
	e <- nil
	e <- errors.New("an error")
	line("errors: nil " + yes(<-e == nil) + ", " + (<-e).Error())
	z := make(chan struct{}, 5)
	z <- struct{}{}
	z <- struct{}{}
	line("of no size: len " + strconv.Itoa(len(z)) + " cap " + strconv.Itoa(cap(z)))
	cc := make(chan chan string, 1)
	inner := make(chan string, 1)
	cc <- inner
	inner <- "through"
	line("a channel in a channel: " + <-<-cc)
	line("a size below 0: " + panics(func() {
		n := -1
		_ = make(chan int, n)
	}))
}

func order() {
	line("order")
	// Receivers that wait are served in their order.
	c := make(chan int)
	out := make(chan string, 5)
	for i := 1; i <= 5; i++ {
		i := i
		go func() { out <- strconv.Itoa(i) + " got " + strconv.Itoa(<-c) + "," }()
		waiting(i, "chan receive")
	}
	s := ""
	for i := 10; i <= 50; i += 10 {
		c <- i
		s += " " + <-out
	}
	line("receivers:" + s)
	// With a buffer nothing passes through it while somebody waits.
	b := make(chan int, 5)
	for i := 1; i <= 3; i++ {
		i := i
		go func() { out <- strconv.Itoa(i) + " got " + strconv.Itoa(<-b) + "," }()
		waiting(i, "chan receive")
	}
	s = ""
	for i := 10; i <= 30; i += 10 {
		b <- i
		s += " len " + strconv.Itoa(len(b)) + " " + <-out
	}
	line("receivers, with a buffer:" + s)
	for i := 1; i <= 5; i++ {
		i := i
		go func() { c <- i }()
		waiting(i, "chan send")
	}
	s = ""
	for i := 1; i <= 5; i++ {
		s += " " + strconv.Itoa(<-c)
	}
	line("senders:" + s)
	// Selects stand in the same queue.
	d := make(chan int)
	for i := 1; i <= 4; i++ {
		i := i
		if i%2 == 0 {
			go func() {
				select {
				case v := <-c:
					out <- strconv.Itoa(i) + " got " + strconv.Itoa(v) + ","
				case <-d:
				}
			}()
		} else {
			go func() { out <- strconv.Itoa(i) + " got " + strconv.Itoa(<-c) + "," }()
		}
		waiting(i, "chan receive", "select")
	}
	s = ""
	for i := 10; i <= 40; i += 10 {
		c <- i
		s += " " + <-out
	}
	line("selects and receivers:" + s)
	// A select that goes on for another reason leaves the queue.
	go func() {
		select {
		case v := <-c:
			out <- "select got " + strconv.Itoa(v)
		case v := <-d:
			out <- "select got " + strconv.Itoa(v) + " from the other,"
		}
	}()
	waiting(1, "select")
	go func() { out <- "receiver got " + strconv.Itoa(<-c) }()
	waiting(2, "select", "chan receive")
	d <- 1
	s = <-out
	c <- 2
	line(s + " " + <-out)
}

func closing() {
	line("closing")
	c := make(chan int, 2)
	c <- 5
	close(c)
	v, ok := <-c
	s := strconv.Itoa(v) + " " + yes(ok)
	v, ok = <-c
	s += ", " + strconv.Itoa(v) + " " + yes(ok)
	v, ok = <-c
	line("what is left, then zero: " + s + ", " + strconv.Itoa(v) + " " + yes(ok) + ", len " + strconv.Itoa(len(c)) + " cap " + strconv.Itoa(cap(c)))
	str := make(chan string)
	close(str)
	t, ok := <-str
	line("no string: " + strconv.Itoa(len(t)) + " " + yes(ok))
	line("send: " + panics(func() { c <- 1 }))
	line("send by select: " + panics(func() {
		select {
		case c <- 1:
		}
	}))
	line("send by select with default: " + panics(func() {
		select {
		case c <- 1:
		default:
		}
	}))
	other := make(chan int)
	line("send by select of two: " + panics(func() {
		select {
		case c <- 1:
		case <-other:
		}
	}))
	line("close: " + panics(func() { close(c) }))
	var none chan int
	line("close of nil: " + panics(func() { close(none) }))
	line("close of a good one: " + panics(func() { close(other) }))

	// All receivers that wait go on.
	d := make(chan int)
	out := make(chan string, 10)
	for i := 0; i < 5; i++ {
		i := i
		go func() {
			if i%2 == 0 {
				v, ok := <-d
				out <- strconv.Itoa(v) + " " + yes(ok)
				return
			}
			select {
			case v, ok := <-d:
				out <- strconv.Itoa(v) + " " + yes(ok)
			case <-none:
			}
		}()
	}
	waiting(5, "chan receive", "select")
	close(d)
	s = ""
	for i := 0; i < 5; i++ {
		s += " " + <-out + ","
	}
	line("receivers that wait:" + s)
	// All senders that wait panic.
	d = make(chan int)
	for i := 0; i < 5; i++ {
		i := i
		go func() {
			out <- panics(func() {
				if i%2 == 0 {
					d <- i
					return
				}
				select {
				case d <- i:
				case <-none:
				}
			})
		}()
	}
	waiting(5, "chan send", "select")
	close(d)
	for i := 0; i < 5; i++ {
		line("a sender that waits: " + <-out)
	}
	// Those with a buffer that is full, too, and what is in it can still be received.
	d = make(chan int, 2)
	d <- 1
	d <- 2
	go func() { out <- panics(func() { d <- 3 }) }()
	waiting(1, "chan send")
	close(d)
	s = <-out
	n := 0
	for v := range d {
		n = n*10 + v
	}
	line("with a full buffer: " + s + ", in it " + strconv.Itoa(n))
}

func selecting() {
	line("select")
	var none chan int
	c := make(chan int, 1)
	which := func() string {
		select {
		case v, ok := <-c:
			return "received " + strconv.Itoa(v) + " " + yes(ok)
		case none <- 1:
			return "sent to nil"
		case <-none:
			return "received from nil"
		default:
			return "default"
		}
	}
	s := which()
	c <- 3
	s += ", " + which() + ", " + which()
	close(c)
	line("with default: " + s + ", " + which())
	c = make(chan int, 1)
	s = ""
	for i := 0; i < 6; i++ {
		select {
		case c <- i:
			s += " sent " + strconv.Itoa(i)
		case v := <-c:
			s += " received " + strconv.Itoa(v)
		}
	}
	line("both of one channel:" + s)
	u := make(chan int)
	select {
	case u <- 1:
		s = "met itself"
	case <-u:
		s = "met itself"
	default:
		s = "default"
	}
	line("both of one without a buffer: " + s)

	// Of those that are ready each comes some time, and no other one.
	const n = 6
	var cs [n]chan int
	for i := range cs {
		cs[i] = make(chan int, 1)
		cs[i] <- i
	}
	var count [n]int
	right := true
	for i := 0; i < 3000; i++ {
		var k, v int
		select {
		case v = <-cs[0]:
			k = 0
		case v = <-cs[1]:
			k = 1
		case v = <-cs[2]:
			k = 2
		case v = <-cs[3]:
			k = 3
		case v = <-cs[4]:
			k = 4
		case v = <-cs[5]:
			k = 5
		case <-none:
			k = 0
			right = false
		}
		if v != k {
			right = false
		}
		count[k]++
		cs[k] <- k
	}
	all := true
	sum := 0
	for _, x := range count {
		sum += x
		if x < 300 {
			all = false
		}
	}
	line("six ready ones: right " + yes(right) + ", each 300 times of 3000 at least " + yes(all) + ", in all " + strconv.Itoa(sum))
	// The same for sends and receives, two at a time.
	in := make(chan int, 1)
	out := make(chan int, 1)
	sends, receives := 0, 0
	for i := 0; i < 2000; i++ {
		if len(in) == 0 {
			in <- 1
		}
		if len(out) == 1 {
			<-out
		}
		select {
		case <-in:
			receives++
		case out <- 1:
			sends++
		}
	}
	line("a send and a receive, each 600 times of 2000 at least: " + yes(sends >= 600 && receives >= 600) + ", in all " + strconv.Itoa(sends+receives))

	// It waits for whichever comes.
	a, b := make(chan string), make(chan string)
	res := make(chan string)
	for i := 0; i < 4; i++ {
		go func() {
			select {
			case v := <-a:
				res <- "received " + v
			case v, ok := <-b:
				res <- "received " + v + " " + yes(ok) + " from the second"
			case u <- 9:
				res <- "sent"
			case <-a:
				res <- "received"
			}
		}()
		waiting(1, "select")
		switch i {
		case 0:
			b <- "b"
		case 1:
			line("its value: " + strconv.Itoa(<-u))
		case 2:
			a <- ""
		case 3:
			close(b)
		}
		s = <-res
		if i == 2 {
			s = yes(strings.HasPrefix(s, "received"))
		}
		line("waits: " + s)
	}
	// One channel that becomes nil when it is closed.
	x, y := make(chan int), make(chan int)
	go func() {
		for i := 1; i <= 100; i++ {
			x <- i
		}
		close(x)
	}()
	go func() {
		for i := 1; i <= 50; i++ {
			y <- -i
		}
		close(y)
	}()
	sum = 0
	got := 0
	for x != nil || y != nil {
		select {
		case v, ok := <-x:
			if !ok {
				x = nil
				continue
			}
			sum += v
			got++
		case v, ok := <-y:
			if !ok {
				y = nil
				continue
			}
			sum += v
			got++
		}
	}
	line("merged until both are closed: " + strconv.Itoa(got) + " values, sum " + strconv.Itoa(sum))
	// For ever.
	for i := 0; i < 3; i++ {
		i := i
		go func() {
			switch i {
			case 0:
				<-none
			case 1:
				none <- 1
			case 2:
				select {}
			}
		}()
	}
	waiting(1, "chan receive (nil chan)")
	waiting(1, "chan send (nil chan)")
	waiting(1, "select (no cases)")
	line("three wait for ever")
}

func generate(c chan int, n int) {
	for i := 2; i <= n; i++ {
		c <- i
	}
	close(c)
}

func filter(in, out chan int, prime int) {
	for i := range in {
		if i%prime != 0 {
			out <- i
		}
	}
	close(out)
}

func sieve() {
	line("sieve")
	c := make(chan int)
	go generate(c, 500)
	s := ""
	n := 0
	for {
		prime, ok := <-c
		if !ok {
			break
		}
		n++
		s += " " + strconv.Itoa(prime)
		next := make(chan int)
		go filter(c, next, prime)
		c = next
	}
	line(strconv.Itoa(n) + " primes:" + s)
}

func fan() {
	line("fan out and in")
	for _, size := range []int{0, 1, 16, 1000} {
		jobs := make(chan int, size)
		results := make(chan int, size)
		var wg sync.WaitGroup
		for w := 0; w < 8; w++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for j := range jobs {
					results <- j * j
				}
			}()
		}
		go func() {
			for i := 1; i <= 2000; i++ {
				jobs <- i
			}
			close(jobs)
			wg.Wait()
			close(results)
		}()
		n, sum := 0, 0
		for r := range results {
			n++
			sum += r
		}
		line("size " + strconv.Itoa(size) + ": " + strconv.Itoa(n) + " results, sum " + strconv.Itoa(sum))
	}
	// Several producers, several consumers, no order but all that was sent.
	c := make(chan int, 4)
	var producers, consumers sync.WaitGroup
	var sum, count int64
	for p := 0; p < 5; p++ {
		p := p
		producers.Add(1)
		go func() {
			defer producers.Done()
			for i := 0; i < 1000; i++ {
				c <- p*1000 + i
			}
		}()
	}
	for q := 0; q < 3; q++ {
		consumers.Add(1)
		go func() {
			defer consumers.Done()
			for {
				v, ok := <-c
				if !ok {
					return
				}
				atomic.AddInt64(&sum, int64(v))
				atomic.AddInt64(&count, 1)
			}
		}()
	}
	producers.Wait()
	close(c)
	consumers.Wait()
	line("producers and consumers: " + strconv.Itoa(int(count)) + " values, sum " + strconv.Itoa(int(sum)))
	// One producer and one consumer keep the order.
	c = make(chan int, 7)
	go generate(c, 5000)
	want := 2
	for v := range c {
		if v != want {
			break
		}
		want++
	}
	line("in order up to " + strconv.Itoa(want-1))
}

func pass(in, out chan int) {
	for v := range in {
		out <- v + 1
	}
	close(out)
}

func ring() {
	line("ring")
	const n = 100
	first := make(chan int)
	in := first
	for i := 0; i < n; i++ {
		out := make(chan int)
		go pass(in, out)
		in = out
	}
	token := 0
	for i := 0; i < 20; i++ {
		first <- token
		token = <-in
	}
	close(first)
	_, ok := <-in
	line("twenty times round a hundred: " + strconv.Itoa(token) + ", open " + yes(ok))
	// Two that play with one ball.
	ping, pong := make(chan int), make(chan int)
	go pass(ping, pong)
	v := 0
	for i := 0; i < 5000; i++ {
		ping <- v
		v = <-pong
	}
	close(ping)
	line("ping pong: " + strconv.Itoa(v))
}

// holder is what a pool keeps.
type holder struct{ n int }

func locks() {
	line("locks")
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for i := 0; i < 10; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 1000; j++ {
				mu.Lock()
				n++
				if j%100 == 0 {
					runtime.Gosched()
				}
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	s := "mutex: " + strconv.Itoa(n) + ", TryLock " + yes(mu.TryLock()) + ", TryLock " + yes(mu.TryLock())
	mu.Unlock()
	line(s)
	// Those that wait for a mutex get it in their order.
	out := make(chan string, 10)
	line("mutex, in order:" + eventually(" 1 2 3 4", func() string {
		mu.Lock()
		for i := 1; i <= 4; i++ {
			i := i
			wg.Add(1)
			go func() {
				mu.Lock()
				out <- strconv.Itoa(i)
				mu.Unlock()
				wg.Done()
			}()
			waiting(i, "semacquire", "sync.Mutex.Lock")
		}
		mu.Unlock()
		wg.Wait()
		return drain(out)
	}))

	var rw sync.RWMutex
	rw.RLock()
	rw.RLock()
	s = "two readers: TryRLock " + yes(rw.TryRLock()) + ", TryLock " + yes(rw.TryLock())
	rw.RUnlock()
	rw.RUnlock()
	rw.RUnlock()
	s += ", none: TryLock " + yes(rw.TryLock()) + ", TryLock " + yes(rw.TryLock()) + ", TryRLock " + yes(rw.TryRLock())
	rw.Unlock()
	line(s)
	// A writer that waits keeps new readers out, and they come after it.
	rw.RLock()
	wg.Add(1)
	go func() {
		rw.Lock()
		out <- "writer"
		rw.Unlock()
		wg.Done()
	}()
	waiting(1, "semacquire", "sync.RWMutex.Lock")
	s = "a writer waits: TryRLock " + yes(rw.TryRLock())
	wg.Add(1)
	go func() {
		rw.RLock()
		out <- "reader"
		rw.RUnlock()
		wg.Done()
	}()
	waiting(2, "semacquire", "sync.RWMutex.Lock", "sync.RWMutex.RLock")
	rw.RUnlock()
	wg.Wait()
	line(s + ", then:" + drain(out))
	x, y := 0, 0
	var bad int32
	for i := 0; i < 8; i++ {
		i := i
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 500; j++ {
				if i < 2 {
					rw.Lock()
					x++
					runtime.Gosched()
					y++
					rw.Unlock()
				} else {
					rw.RLock()
					if x != y {
						atomic.AddInt32(&bad, 1)
					}
					rw.RUnlock()
				}
			}
		}()
	}
	wg.Wait()
	line("readers and writers: " + strconv.Itoa(x) + " " + strconv.Itoa(y) + ", torn " + strconv.Itoa(int(bad)))
	l := rw.RLocker()
	l.Lock()
	l.Lock()
	s = "RLocker: TryLock " + yes(rw.TryLock())
	l.Unlock()
	l.Unlock()
	line(s)

	cond := sync.NewCond(&mu)
	turn := 0
	for i := 1; i <= 5; i++ {
		i := i
		go func() {
			mu.Lock()
			for turn == 0 {
				cond.Wait()
			}
			turn--
			out <- strconv.Itoa(i)
			mu.Unlock()
		}()
		waiting(i, "sync.Cond.Wait")
	}
	cond.Broadcast()
	waiting(5, "sync.Cond.Wait")
	line("cond, nothing to do:" + drain(out))
	s = ""
	for i := 0; i < 2; i++ {
		mu.Lock()
		turn++
		mu.Unlock()
		cond.Signal()
		s += " " + <-out
	}
	waiting(3, "sync.Cond.Wait")
	line("cond, two Signals: " + strconv.Itoa(strings.Count(s, " ")))
	mu.Lock()
	turn = 3
	mu.Unlock()
	cond.Broadcast()
	for i := 0; i < 3; i++ {
		s += " " + <-out
	}
	line("cond, Broadcast: each once " + yes(strings.Contains(s, "1") && strings.Contains(s, "2") && strings.Contains(s, "3") && strings.Contains(s, "4") && strings.Contains(s, "5")) +
		", in all " + strconv.Itoa(strings.Count(s, " ")))
	line("cond, Signal wakes the first:" + eventually(" 1 2 3", func() string {
		for i := 1; i <= 3; i++ {
			i := i
			go func() {
				mu.Lock()
				cond.Wait()
				out <- strconv.Itoa(i)
				mu.Unlock()
			}()
			waiting(i, "sync.Cond.Wait")
		}
		s := ""
		for i := 0; i < 3; i++ {
			cond.Signal()
			s += " " + <-out
		}
		return s
	}))

	var once sync.Once
	runs := 0
	for i := 0; i < 10; i++ {
		wg.Add(1)
		go func() {
			once.Do(func() {
				time.Sleep(ms)
				runs++
			})
			if runs == 1 {
				out <- "1"
			} else {
				out <- "0"
			}
			wg.Done()
		}()
	}
	wg.Wait()
	line("once: runs " + strconv.Itoa(runs) + ", seen by" + drain(out))
	var once2 sync.Once
	s = panics(func() { once2.Do(func() { panic("in once") }) })
	line("once that panics: " + s + ", again: " + panics(func() { once2.Do(func() { runs++ }) }) + ", runs " + strconv.Itoa(runs))

	var wg2 sync.WaitGroup
	wg2.Wait()
	wg2.Add(3)
	for i := 0; i < 3; i++ {
		go func() {
			wg2.Wait()
			out <- "on"
		}()
	}
	waiting(3, "semacquire")
	wg2.Done()
	wg2.Done()
	s = "wait group: at one" + drain(out)
	wg2.Done()
	line(s + ", at none " + <-out + " " + <-out + " " + <-out)
	line("wait group below none: " + panics(func() { wg2.Add(-1) }))

	var made int32
	pool := sync.Pool{New: func() any {
		atomic.AddInt32(&made, 1)
		return &holder{}
	}}
	var taken int32
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 200; j++ {
				h := pool.Get().(*holder)
				h.n++
				if h.n != 1 {
					atomic.AddInt32(&taken, 1)
				}
				runtime.Gosched()
				h.n--
				pool.Put(h)
			}
		}()
	}
	wg.Wait()
	line("pool: none held by two " + yes(taken == 0) + ", made some " + yes(made > 0) + ", not all " + yes(made < 1600))
	var empty sync.Pool
	line("a pool without New: nil " + yes(empty.Get() == nil))
}

func deferred(out chan string, depth int) {
	defer func() {
		out <- "deferred " + strconv.Itoa(depth)
	}()
	if depth == 3 {
		runtime.Goexit()
	}
	deferred(out, depth+1)
	out <- "not reached"
}

// settle waits until the goroutines that are about to end have ended and n are left.
func settle(n int) {
	for i := 0; i < 10000 && runtime.NumGoroutine() != n; i++ {
		time.Sleep(ms)
	}
}

func goroutines() {
	line("goroutines")
	out := make(chan string, 20)
	settle(1)
	before := runtime.NumGoroutine()
	gate := make(chan int)
	var wg sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func() {
			<-gate
			wg.Done()
		}()
	}
	during := runtime.NumGoroutine()
	close(gate)
	wg.Wait()
	settle(before)
	line("fifty more: " + strconv.Itoa(during-before) + ", after: " + strconv.Itoa(runtime.NumGoroutine()-before))
	line("before: " + strconv.Itoa(before))

	// Panics that are recovered, each in its goroutine.
	n := 0
	for i := 0; i < 4; i++ {
		i := i
		go func() {
			defer func() {
				out <- recovered(recover())
			}()
			switch i {
			case 0:
				panic("text")
			case 1:
				panic(errors.New("an error"))
			case 2:
				panic(17)
			case 3:
				time.Sleep(ms)
				close(gate)
			}
			out <- "not reached"
		}()
		line("recovered: " + <-out)
	}
	// Deferred functions run before it is recovered, the last one first.
	func() {
		defer func() {
			out <- recovered(recover())
		}()
		defer func() { out <- "second" }()
		defer func() {
			time.Sleep(ms)
			out <- "first"
		}()
		panic("deep")
	}()
	line("deferred:" + drain(out))
	// One panic in the place of another.
	func() {
		defer func() {
			out <- recovered(recover())
		}()
		defer func() { panic("replaced") }()
		panic("original")
	}()
	func() {
		defer func() {
			out <- recovered(recover())
		}()
		defer func() {
			panic("again " + recovered(recover()))
		}()
		panic("original")
	}()
	line("replaced:" + drain(out))
	line("many: " + panics(func() {
		for i := 0; i < 1000; i++ {
			if panics(func() { panic(i) }) == "int: "+strconv.Itoa(i) {
				n++
			}
		}
		panic(n)
	}))

	// Goexit runs what is deferred, and nobody recovers it.
	ended := make(chan int)
	go func() {
		defer close(ended)
		defer func() {
			if recover() == nil {
				out <- "nothing recovered"
			}
		}()
		deferred(out, 1)
	}()
	<-ended
	line("Goexit:" + drain(out))
	ended = make(chan int)
	go func() {
		defer close(ended)
		defer func() {
			time.Sleep(ms)
			out <- "waited"
		}()
		time.Sleep(ms)
		runtime.Goexit()
	}()
	<-ended
	line("Goexit after a wait:" + drain(out))
}

func turns() {
	line("turns")
	old := runtime.GOMAXPROCS(1)
	line("GOMAXPROCS: " + strconv.Itoa(runtime.GOMAXPROCS(0)) + ", NumCPU above 0 " + yes(runtime.NumCPU() > 0))
	out := make(chan string, 100)
	var wg sync.WaitGroup
	// The one that was started last runs first, the others in their order; then they go on in turn.
	line("Gosched:" + eventually(" d1 a1 b1 c1 d2 a2 b2 c2 d3 a3 b3 c3", func() string {
		for _, name := range []string{"a", "b", "c", "d"} {
			name := name
			wg.Add(1)
			go func() {
				for i := 1; i <= 3; i++ {
					out <- name + strconv.Itoa(i)
					runtime.Gosched()
				}
				wg.Done()
			}()
		}
		wg.Wait()
		return drain(out)
	}))
	line("main gives way once:" + eventually(" b a main", func() string {
		for _, name := range []string{"a", "b"} {
			name := name
			wg.Add(1)
			go func() {
				out <- name
				wg.Done()
			}()
		}
		runtime.Gosched()
		out <- "main"
		wg.Wait()
		return drain(out)
	}))
	line("without giving way:" + eventually(" main b a", func() string {
		for _, name := range []string{"a", "b"} {
			name := name
			wg.Add(1)
			go func() {
				out <- name
				wg.Done()
			}()
		}
		out <- "main"
		wg.Wait()
		return drain(out)
	}))
	// A send to one that waits makes it run next.
	c := make(chan int)
	line("woken:" + eventually(" send sent woken other", func() string {
		wg.Add(2)
		go func() {
			<-c
			out <- "woken"
			wg.Done()
		}()
		waiting(1, "chan receive]")
		go func() {
			out <- "other"
			wg.Done()
		}()
		out <- "send"
		c <- 1
		out <- "sent"
		wg.Wait()
		return drain(out)
	}))
	line("GOMAXPROCS was as before: " + yes(runtime.GOMAXPROCS(old) == 1))
}

func main() {
	unbuffered()
	buffered()
	order()
	closing()
	goroutines()
	locks()
	turns()
	sieve()
	fan()
	ring()
	selecting()
	line("done")
}
