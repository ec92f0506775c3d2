// Command deadlines sets deadlines for Read, Write and Accept: in the past, in the future, moved
// and cleared while somebody waits, passed and set again.
// main.cs beside this file is the same program.
package main

import (
	"bytes"
	"io"
	"math"
	"net"
	"os"
	"strconv"
	"time"

	. "goport/testdata/transcript"
)

// brief passes while the program waits for it, ever never does, and safe is longer than the
// program needs for a statement.
const (
	brief = 50 * time.Millisecond
	safe  = 2 * time.Second
	ever  = time.Hour
)

func after(d time.Duration) time.Time {
	return time.Now().Add(d)
}

// accept is one Accept; the connection is closed.
func accept(what string, l *net.TCPListener) {
	c, err := l.Accept()
	Say(what + ": " + Text(err))
	if err == nil {
		Must(c.Close())
	}
}

// later gives the result of one Read from a goroutine.
func later(c net.Conn) chan string {
	done := make(chan string)
	go func() {
		n, err := c.Read(make([]byte, 16))
		done <- "read " + strconv.Itoa(n) + ", " + Text(err)
	}()
	return done
}

func acceptLater(l *net.TCPListener) chan string {
	done := make(chan string)
	go func() {
		c, err := l.Accept()
		if err == nil {
			Must(c.Close())
		}
		done <- "accepted, " + Text(err)
	}()
	return done
}

// Deadlines in the past.
func past() {
	Say("== past")
	c, s := Connect()
	Say("set: " + Text(c.SetReadDeadline(after(-ever))))
	Read("nothing there", c)
	Read("again", c)
	n, err := c.Read(nil)
	Say("no room: read " + strconv.Itoa(n) + ", " + Text(err))
	Write("the other way", c, 3)
	Read("server", s)
	Write("server", s, 5)
	Read("data there", c)
	Say("clear: " + Text(c.SetReadDeadline(time.Time{})))
	Read("data there", c)
	Say("set Unix(1, 0): " + Text(c.SetReadDeadline(time.Unix(1, 0))))
	Read("Unix(1, 0)", c)
	Say("set Unix(0, 0): " + Text(c.SetReadDeadline(time.Unix(0, 0))))
	Read("Unix(0, 0)", c)
	Say("set now: " + Text(c.SetReadDeadline(after(0))))
	Read("now", c)
	Say("set write: " + Text(c.SetWriteDeadline(after(-1))))
	Write("client", c, 3)
	Write("client, nothing", c, 0)
	Say("server CloseWrite: " + Text(s.CloseWrite()))
	Read("the end", c)
	Say("clear: " + Text(c.SetDeadline(time.Time{})))
	Read("the end", c)
	Write("client", c, 3)
	Read("server", s)
	CloseBoth(c, s)
}

// Deadlines so far away that they cannot be counted in nanoseconds.
func never() {
	Say("== far in the future")
	c, s := Connect()
	Say("set: " + Text(c.SetDeadline(after(math.MaxInt64))))
	Say("set: " + Text(s.SetDeadline(time.Unix(1<<40, 0))))
	Write("client", c, 3)
	Read("server", s)
	Write("server", s, 4)
	Read("client", c)
	CloseBoth(c, s)
}

// Deadlines that pass while a Read waits.
func future() {
	Say("== future")
	c, s := Connect()
	Say("set: " + Text(c.SetReadDeadline(after(brief))))
	Read("client", c)
	Read("again", c)
	Write("server", s, 5)
	Read("data there", c)
	Say("set again: " + Text(c.SetReadDeadline(after(ever))))
	Read("data there", c)
	Say("set again: " + Text(c.SetReadDeadline(after(brief))))
	Read("client", c)
	Say("set in the past: " + Text(c.SetReadDeadline(after(-brief))))
	Read("client", c)
	Say("set again: " + Text(c.SetReadDeadline(after(brief))))
	Read("client", c)
	Say("clear: " + Text(c.SetReadDeadline(time.Time{})))
	Write("server", s, 6)
	Read("client", c)
	for i := 0; i < 5; i++ {
		Must(c.SetReadDeadline(after(time.Millisecond)))
		Read("a short one", c)
	}
	CloseBoth(c, s)
}

// Part of the data comes before the deadline.
func part() {
	Say("== part")
	c, s := Connect()
	Write("server", s, 4)
	n, err := c.Read(make([]byte, 1))
	Say("client: read " + strconv.Itoa(n) + ", " + Text(err))
	Must(c.SetReadDeadline(after(safe)))
	n, err = io.ReadFull(c, make([]byte, 10))
	Say("client: read " + strconv.Itoa(n) + " of 10, " + Text(err))
	Must(c.SetReadDeadline(time.Time{}))
	Write("server", s, 7)
	n, err = io.ReadFull(c, make([]byte, 7))
	Say("client: read " + strconv.Itoa(n) + " of 7, " + Text(err))
	CloseBoth(c, s)
}

// SetDeadline holds for both directions, the others for one each.
func both() {
	Say("== both")
	c, s := Connect()
	Say("SetDeadline: " + Text(c.SetDeadline(after(-ever))))
	Read("client", c)
	Write("client", c, 1)
	Say("SetReadDeadline: " + Text(c.SetReadDeadline(after(ever))))
	Write("server", s, 1)
	Read("client", c)
	Write("client", c, 1)
	Say("SetWriteDeadline: " + Text(c.SetWriteDeadline(after(ever))))
	Write("client", c, 1)
	Read("server", s)
	Say("SetReadDeadline: " + Text(c.SetReadDeadline(after(-ever))))
	Read("client", c)
	Write("client", c, 1)
	Read("server", s)
	Say("SetDeadline: " + Text(c.SetDeadline(after(brief))))
	Read("client", c)
	Write("client", c, 1)
	Say("SetDeadline: " + Text(c.SetDeadline(time.Time{})))
	Write("client", c, 2)
	Read("server", s)
	Write("server", s, 2)
	Read("client", c)
	CloseBoth(c, s)
}

// The deadline is moved to an earlier time while a Read waits.
func earlier() {
	Say("== earlier")
	c, s := Connect()
	for i, d := range []time.Duration{-ever, -1, 0, 1, brief} {
		Must(c.SetReadDeadline(after(ever)))
		done := later(c)
		time.Sleep(brief)
		Say("set " + strconv.Itoa(i) + ": " + Text(c.SetReadDeadline(after(d))))
		Say("client: " + <-done)
	}
	Must(c.SetReadDeadline(time.Time{}))
	done := later(c)
	time.Sleep(brief)
	Say("SetDeadline without one before: " + Text(c.SetDeadline(after(brief))))
	Say("client: " + <-done)
	CloseBoth(c, s)
}

// Several goroutines wait in Read of the same end, and one deadline ends all.
func several() {
	Say("== several")
	c, s := Connect()
	Must(c.SetReadDeadline(after(ever)))
	done := []chan string{later(c), later(c), later(c), later(c)}
	time.Sleep(brief)
	Say("set: " + Text(c.SetReadDeadline(after(brief))))
	for _, d := range done {
		Say("client: " + <-d)
	}
	CloseBoth(c, s)
}

// Deadlines are moved to a later time, and cleared, while Reads and Accepts wait; then the old
// deadline passes, and nothing happens.
func moved() {
	Say("== later")
	c1, s1 := Connect()
	c2, s2 := Connect()
	l1, err := net.Listen("tcp", "127.0.0.1:0")
	Must(err)
	l2, err := net.Listen("tcp", "127.0.0.1:0")
	Must(err)
	t1, t2 := l1.(*net.TCPListener), l2.(*net.TCPListener)
	old := after(safe)
	Must(c1.SetReadDeadline(old))
	Must(c2.SetReadDeadline(old))
	Must(t1.SetDeadline(old))
	Must(t2.SetDeadline(old))
	r1, r2, a1, a2 := later(c1), later(c2), acceptLater(t1), acceptLater(t2)
	time.Sleep(brief)
	Say("read, later: " + Text(c1.SetReadDeadline(after(ever))))
	Say("read, cleared: " + Text(c2.SetReadDeadline(time.Time{})))
	Say("accept, later: " + Text(t1.SetDeadline(after(ever))))
	Say("accept, cleared: " + Text(t2.SetDeadline(time.Time{})))
	time.Sleep(time.Until(old) + brief)
	Write("server", s1, 1)
	Say("client: " + <-r1)
	Write("server", s2, 2)
	Say("client: " + <-r2)
	c, err := net.Dial("tcp", l1.Addr().String())
	Must(err)
	Say("listener: " + <-a1)
	Must(c.Close())
	c, err = net.Dial("tcp", l2.Addr().String())
	Must(err)
	Say("listener: " + <-a2)
	Must(c.Close())
	Say("listener Close: " + Text(l1.Close()))
	Say("listener Close: " + Text(l2.Close()))
	CloseBoth(c1, s1)
	CloseBoth(c2, s2)
}

// Deadlines for Accept.
func accepts() {
	Say("== accept")
	Names = nil
	Name(Listener.Addr(), "server")
	Say("past: " + Text(Listener.SetDeadline(after(-ever))))
	accept("nobody there", Listener)
	accept("again", Listener)
	c, err := net.Dial("tcp", Listener.Addr().String())
	Must(err)
	accept("somebody there", Listener)
	Say("clear: " + Text(Listener.SetDeadline(time.Time{})))
	accept("somebody there", Listener)
	Must(c.Close())
	Say("future: " + Text(Listener.SetDeadline(after(brief))))
	accept("nobody there", Listener)
	accept("again", Listener)
	Say("set again: " + Text(Listener.SetDeadline(after(ever))))
	c, err = net.Dial("tcp", Listener.Addr().String())
	Must(err)
	accept("somebody there", Listener)
	Must(c.Close())
	Say("future: " + Text(Listener.SetDeadline(after(brief))))
	accept("nobody there", Listener)
	Say("set again: " + Text(Listener.SetDeadline(after(ever))))
	done := acceptLater(Listener)
	time.Sleep(brief)
	c, err = net.Dial("tcp", Listener.Addr().String())
	Must(err)
	Say("somebody comes: " + <-done)
	Must(c.Close())
	done = acceptLater(Listener)
	time.Sleep(brief)
	Say("earlier: " + Text(Listener.SetDeadline(after(-1))))
	Say("nobody comes: " + <-done)
	Say("clear: " + Text(Listener.SetDeadline(time.Time{})))
	done = acceptLater(Listener)
	time.Sleep(brief)
	Say("without one before: " + Text(Listener.SetDeadline(after(brief))))
	Say("nobody comes: " + <-done)
	Say("clear: " + Text(Listener.SetDeadline(time.Time{})))
}

// The deadline has nothing to say about what was closed.
func closed() {
	Say("== closed")
	c, s := Connect()
	Must(c.SetDeadline(after(-ever)))
	CloseBoth(c, s)
	Read("client", c)
	Write("client", c, 1)
	Say("SetDeadline: " + Text(c.SetDeadline(after(ever))))
	Say("SetReadDeadline: " + Text(c.SetReadDeadline(after(-ever))))
	Say("SetWriteDeadline: " + Text(c.SetWriteDeadline(time.Time{})))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Must(err)
	Names = nil
	Name(l.Addr(), "server")
	t := l.(*net.TCPListener)
	Must(t.SetDeadline(after(-ever)))
	Say("listener Close: " + Text(l.Close()))
	accept("listener", t)
	Say("listener SetDeadline: " + Text(t.SetDeadline(after(ever))))
}

// drain reads n bytes and says whether that worked.
func drain(what string, c net.Conn, n int, want []byte) {
	b := make([]byte, n)
	n, err := io.ReadFull(c, b)
	Say(what + ": all " + strconv.FormatBool(n == len(b)) + ", same " + strconv.FormatBool(bytes.Equal(b, want[:n])) + ", " + Text(err))
}

// A Write waits with full buffers when its deadline passes, or is moved, or cleared.
func full(total int) {
	Say("== full buffers, " + strconv.Itoa(total))
	c, s := Connect()
	Must(c.SetWriteBuffer(64 << 10))
	Must(s.SetReadBuffer(128 << 10))
	b := make([]byte, total)
	for i := range b {
		b[i] = byte(i % 251)
	}
	Say("set: " + Text(c.SetWriteDeadline(after(safe))))
	n, err := c.Write(b)
	Say("client: some " + strconv.FormatBool(n > 0) + ", all " + strconv.FormatBool(n >= total) + ", " + Text(err))
	m, err := c.Write(b)
	Say("client: wrote " + strconv.Itoa(m) + ", " + Text(err))
	drain("server", s, n, b)
	Write("client, still", c, 1)
	Say("set again: " + Text(c.SetWriteDeadline(after(ever))))
	Write("client", c, 3)
	Read("server", s)

	// Earlier, while it waits.
	for i, d := range []time.Duration{-ever, brief} {
		Must(c.SetWriteDeadline(after(ever)))
		done := make(chan int)
		var line string
		go func() {
			n, err := c.Write(b)
			line = "client: some " + strconv.FormatBool(n > 0) + ", all " + strconv.FormatBool(n >= total) + ", " + Text(err)
			done <- n
		}()
		one := make([]byte, 1)
		m, err = io.ReadFull(s, one)
		Must(err)
		time.Sleep(brief)
		Say("earlier " + strconv.Itoa(i) + ": " + Text(c.SetWriteDeadline(after(d))))
		n = <-done
		Say(line)
		drain("server", s, n-1, b[1:])
	}

	// Later and cleared, while it waits.
	for i, t := range []time.Time{after(ever), {}} {
		old := after(safe)
		Must(c.SetWriteDeadline(old))
		done := make(chan string)
		go func() {
			n, err := c.Write(b)
			done <- "wrote " + strconv.Itoa(n) + ", " + Text(err)
		}()
		one := make([]byte, 1)
		m, err = io.ReadFull(s, one)
		Must(err)
		Say("later " + strconv.Itoa(i) + ": " + Text(c.SetWriteDeadline(t)))
		time.Sleep(time.Until(old) + brief)
		drain("server", s, total-1, b[1:])
		Say("client: " + <-done)
	}
	CloseBoth(c, s)
}

func main() {
	Listener = Listen()
	if len(os.Args) > 1 && os.Args[1] == "full" {
		full(4 << 20)
	} else {
		past()
		never()
		future()
		part()
		both()
		earlier()
		several()
		moved()
		accepts()
		closed()
	}
	Say("listener Close: " + Text(Listener.Close()))
}
