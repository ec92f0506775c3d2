// Command deadlines sets deadlines for Read, Write and Accept: in the past, in the future, moved
// and cleared while somebody waits, passed and set again.
// main.cs beside this file is the same program.
package main

import (
	"bytes"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// brief passes while the program waits for it, ever never does, and safe is longer than the
// program needs for a statement.
const (
	brief = 50 * time.Millisecond
	safe  = 2 * time.Second
	ever  = time.Hour
)

var listener *net.TCPListener

// names has the ports that the transcript shows by name.
var names [][2]string

func name(a net.Addr, as string) {
	names = append(names, [2]string{":" + strconv.Itoa(a.(*net.TCPAddr).Port), ":" + as})
}

func say(s string) {
	os.Stdout.WriteString(s + "\n")
}

// text is an error with the types of its chain and what it is.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	s := err.Error()
	for _, n := range names {
		s = strings.ReplaceAll(s, n[0], n[1])
	}
	s += " [" + kind(err)
	for e := errors.Unwrap(err); e != nil; e = errors.Unwrap(e) {
		s += " " + kind(e)
	}
	s += "]"
	if e, ok := err.(interface{ Timeout() bool }); ok && e.Timeout() {
		s += " timeout"
	}
	if e, ok := err.(interface{ Temporary() bool }); ok && e.Temporary() {
		s += " temporary"
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s += " ErrDeadlineExceeded"
	}
	if errors.Is(err, net.ErrClosed) {
		s += " ErrClosed"
	}
	if errors.Is(err, io.EOF) {
		s += " EOF"
	}
	return s
}

func kind(err error) string {
	switch err.(type) {
	case *net.OpError:
		return "OpError"
	case *os.SyscallError:
		return "SyscallError"
	case syscall.Errno:
		return "Errno"
	}
	return "other"
}

// must gives up on an error that no scenario expects.
func must(err error) {
	if err != nil {
		say("unexpected: " + text(err))
		os.Exit(1)
	}
}

// connect makes a connection and returns both ends.
func connect() (*net.TCPConn, *net.TCPConn) {
	c, err := net.Dial("tcp", listener.Addr().String())
	must(err)
	s, err := listener.AcceptTCP()
	must(err)
	names = nil
	name(c.LocalAddr(), "client")
	name(c.RemoteAddr(), "server")
	return c.(*net.TCPConn), s
}

func after(d time.Duration) time.Time {
	return time.Now().Add(d)
}

// read is one Read of at most 16 bytes.
func read(what string, c net.Conn) {
	n, err := c.Read(make([]byte, 16))
	say(what + ": read " + strconv.Itoa(n) + ", " + text(err))
}

func write(what string, c net.Conn, n int) {
	n, err := c.Write(make([]byte, n))
	say(what + ": wrote " + strconv.Itoa(n) + ", " + text(err))
}

// accept is one Accept; the connection is closed.
func accept(what string, l *net.TCPListener) {
	c, err := l.Accept()
	say(what + ": " + text(err))
	if err == nil {
		must(c.Close())
	}
}

// later gives the result of one Read from a goroutine.
func later(c net.Conn) chan string {
	done := make(chan string)
	go func() {
		n, err := c.Read(make([]byte, 16))
		done <- "read " + strconv.Itoa(n) + ", " + text(err)
	}()
	return done
}

func acceptLater(l *net.TCPListener) chan string {
	done := make(chan string)
	go func() {
		c, err := l.Accept()
		if err == nil {
			must(c.Close())
		}
		done <- "accepted, " + text(err)
	}()
	return done
}

func closeBoth(c, s *net.TCPConn) {
	say("client Close: " + text(c.Close()))
	say("server Close: " + text(s.Close()))
}

// Deadlines in the past.
func past() {
	say("== past")
	c, s := connect()
	say("set: " + text(c.SetReadDeadline(after(-ever))))
	read("nothing there", c)
	read("again", c)
	n, err := c.Read(nil)
	say("no room: read " + strconv.Itoa(n) + ", " + text(err))
	write("the other way", c, 3)
	read("server", s)
	write("server", s, 5)
	read("data there", c)
	say("clear: " + text(c.SetReadDeadline(time.Time{})))
	read("data there", c)
	say("set Unix(1, 0): " + text(c.SetReadDeadline(time.Unix(1, 0))))
	read("Unix(1, 0)", c)
	say("set Unix(0, 0): " + text(c.SetReadDeadline(time.Unix(0, 0))))
	read("Unix(0, 0)", c)
	say("set now: " + text(c.SetReadDeadline(after(0))))
	read("now", c)
	say("set write: " + text(c.SetWriteDeadline(after(-1))))
	write("client", c, 3)
	write("client, nothing", c, 0)
	say("server CloseWrite: " + text(s.CloseWrite()))
	read("the end", c)
	say("clear: " + text(c.SetDeadline(time.Time{})))
	read("the end", c)
	write("client", c, 3)
	read("server", s)
	closeBoth(c, s)
}

// Deadlines so far away that they cannot be counted in nanoseconds.
func never() {
	say("== far in the future")
	c, s := connect()
	say("set: " + text(c.SetDeadline(after(math.MaxInt64))))
	say("set: " + text(s.SetDeadline(time.Unix(1<<40, 0))))
	write("client", c, 3)
	read("server", s)
	write("server", s, 4)
	read("client", c)
	closeBoth(c, s)
}

// Deadlines that pass while a Read waits.
func future() {
	say("== future")
	c, s := connect()
	say("set: " + text(c.SetReadDeadline(after(brief))))
	read("client", c)
	read("again", c)
	write("server", s, 5)
	read("data there", c)
	say("set again: " + text(c.SetReadDeadline(after(ever))))
	read("data there", c)
	say("set again: " + text(c.SetReadDeadline(after(brief))))
	read("client", c)
	say("set in the past: " + text(c.SetReadDeadline(after(-brief))))
	read("client", c)
	say("set again: " + text(c.SetReadDeadline(after(brief))))
	read("client", c)
	say("clear: " + text(c.SetReadDeadline(time.Time{})))
	write("server", s, 6)
	read("client", c)
	for i := 0; i < 5; i++ {
		must(c.SetReadDeadline(after(time.Millisecond)))
		read("a short one", c)
	}
	closeBoth(c, s)
}

// Part of the data comes before the deadline.
func part() {
	say("== part")
	c, s := connect()
	write("server", s, 4)
	n, err := c.Read(make([]byte, 1))
	say("client: read " + strconv.Itoa(n) + ", " + text(err))
	must(c.SetReadDeadline(after(safe)))
	n, err = io.ReadFull(c, make([]byte, 10))
	say("client: read " + strconv.Itoa(n) + " of 10, " + text(err))
	must(c.SetReadDeadline(time.Time{}))
	write("server", s, 7)
	n, err = io.ReadFull(c, make([]byte, 7))
	say("client: read " + strconv.Itoa(n) + " of 7, " + text(err))
	closeBoth(c, s)
}

// SetDeadline holds for both directions, the others for one each.
func both() {
	say("== both")
	c, s := connect()
	say("SetDeadline: " + text(c.SetDeadline(after(-ever))))
	read("client", c)
	write("client", c, 1)
	say("SetReadDeadline: " + text(c.SetReadDeadline(after(ever))))
	write("server", s, 1)
	read("client", c)
	write("client", c, 1)
	say("SetWriteDeadline: " + text(c.SetWriteDeadline(after(ever))))
	write("client", c, 1)
	read("server", s)
	say("SetReadDeadline: " + text(c.SetReadDeadline(after(-ever))))
	read("client", c)
	write("client", c, 1)
	read("server", s)
	say("SetDeadline: " + text(c.SetDeadline(after(brief))))
	read("client", c)
	write("client", c, 1)
	say("SetDeadline: " + text(c.SetDeadline(time.Time{})))
	write("client", c, 2)
	read("server", s)
	write("server", s, 2)
	read("client", c)
	closeBoth(c, s)
}

// The deadline is moved to an earlier time while a Read waits.
func earlier() {
	say("== earlier")
	c, s := connect()
	for i, d := range []time.Duration{-ever, -1, 0, 1, brief} {
		must(c.SetReadDeadline(after(ever)))
		done := later(c)
		time.Sleep(brief)
		say("set " + strconv.Itoa(i) + ": " + text(c.SetReadDeadline(after(d))))
		say("client: " + <-done)
	}
	must(c.SetReadDeadline(time.Time{}))
	done := later(c)
	time.Sleep(brief)
	say("SetDeadline without one before: " + text(c.SetDeadline(after(brief))))
	say("client: " + <-done)
	closeBoth(c, s)
}

// Several goroutines wait in Read of the same end, and one deadline ends all.
func several() {
	say("== several")
	c, s := connect()
	must(c.SetReadDeadline(after(ever)))
	done := []chan string{later(c), later(c), later(c), later(c)}
	time.Sleep(brief)
	say("set: " + text(c.SetReadDeadline(after(brief))))
	for _, d := range done {
		say("client: " + <-d)
	}
	closeBoth(c, s)
}

// Deadlines are moved to a later time, and cleared, while Reads and Accepts wait; then the old
// deadline passes, and nothing happens.
func moved() {
	say("== later")
	c1, s1 := connect()
	c2, s2 := connect()
	l1, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	l2, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	t1, t2 := l1.(*net.TCPListener), l2.(*net.TCPListener)
	old := after(safe)
	must(c1.SetReadDeadline(old))
	must(c2.SetReadDeadline(old))
	must(t1.SetDeadline(old))
	must(t2.SetDeadline(old))
	r1, r2, a1, a2 := later(c1), later(c2), acceptLater(t1), acceptLater(t2)
	time.Sleep(brief)
	say("read, later: " + text(c1.SetReadDeadline(after(ever))))
	say("read, cleared: " + text(c2.SetReadDeadline(time.Time{})))
	say("accept, later: " + text(t1.SetDeadline(after(ever))))
	say("accept, cleared: " + text(t2.SetDeadline(time.Time{})))
	time.Sleep(time.Until(old) + brief)
	write("server", s1, 1)
	say("client: " + <-r1)
	write("server", s2, 2)
	say("client: " + <-r2)
	c, err := net.Dial("tcp", l1.Addr().String())
	must(err)
	say("listener: " + <-a1)
	must(c.Close())
	c, err = net.Dial("tcp", l2.Addr().String())
	must(err)
	say("listener: " + <-a2)
	must(c.Close())
	say("listener Close: " + text(l1.Close()))
	say("listener Close: " + text(l2.Close()))
	closeBoth(c1, s1)
	closeBoth(c2, s2)
}

// Deadlines for Accept.
func accepts() {
	say("== accept")
	names = nil
	name(listener.Addr(), "server")
	say("past: " + text(listener.SetDeadline(after(-ever))))
	accept("nobody there", listener)
	accept("again", listener)
	c, err := net.Dial("tcp", listener.Addr().String())
	must(err)
	accept("somebody there", listener)
	say("clear: " + text(listener.SetDeadline(time.Time{})))
	accept("somebody there", listener)
	must(c.Close())
	say("future: " + text(listener.SetDeadline(after(brief))))
	accept("nobody there", listener)
	accept("again", listener)
	say("set again: " + text(listener.SetDeadline(after(ever))))
	c, err = net.Dial("tcp", listener.Addr().String())
	must(err)
	accept("somebody there", listener)
	must(c.Close())
	say("future: " + text(listener.SetDeadline(after(brief))))
	accept("nobody there", listener)
	say("set again: " + text(listener.SetDeadline(after(ever))))
	done := acceptLater(listener)
	time.Sleep(brief)
	c, err = net.Dial("tcp", listener.Addr().String())
	must(err)
	say("somebody comes: " + <-done)
	must(c.Close())
	done = acceptLater(listener)
	time.Sleep(brief)
	say("earlier: " + text(listener.SetDeadline(after(-1))))
	say("nobody comes: " + <-done)
	say("clear: " + text(listener.SetDeadline(time.Time{})))
	done = acceptLater(listener)
	time.Sleep(brief)
	say("without one before: " + text(listener.SetDeadline(after(brief))))
	say("nobody comes: " + <-done)
	say("clear: " + text(listener.SetDeadline(time.Time{})))
}

// The deadline has nothing to say about what was closed.
func closed() {
	say("== closed")
	c, s := connect()
	must(c.SetDeadline(after(-ever)))
	closeBoth(c, s)
	read("client", c)
	write("client", c, 1)
	say("SetDeadline: " + text(c.SetDeadline(after(ever))))
	say("SetReadDeadline: " + text(c.SetReadDeadline(after(-ever))))
	say("SetWriteDeadline: " + text(c.SetWriteDeadline(time.Time{})))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	names = nil
	name(l.Addr(), "server")
	t := l.(*net.TCPListener)
	must(t.SetDeadline(after(-ever)))
	say("listener Close: " + text(l.Close()))
	accept("listener", t)
	say("listener SetDeadline: " + text(t.SetDeadline(after(ever))))
}

// drain reads n bytes and says whether that worked.
func drain(what string, c net.Conn, n int, want []byte) {
	b := make([]byte, n)
	n, err := io.ReadFull(c, b)
	say(what + ": all " + strconv.FormatBool(n == len(b)) + ", same " + strconv.FormatBool(bytes.Equal(b, want[:n])) + ", " + text(err))
}

// A Write waits with full buffers when its deadline passes, or is moved, or cleared.
func full(total int) {
	say("== full buffers, " + strconv.Itoa(total))
	c, s := connect()
	must(c.SetWriteBuffer(64 << 10))
	must(s.SetReadBuffer(128 << 10))
	b := make([]byte, total)
	for i := range b {
		b[i] = byte(i % 251)
	}
	say("set: " + text(c.SetWriteDeadline(after(safe))))
	n, err := c.Write(b)
	say("client: some " + strconv.FormatBool(n > 0) + ", all " + strconv.FormatBool(n >= total) + ", " + text(err))
	m, err := c.Write(b)
	say("client: wrote " + strconv.Itoa(m) + ", " + text(err))
	drain("server", s, n, b)
	write("client, still", c, 1)
	say("set again: " + text(c.SetWriteDeadline(after(ever))))
	write("client", c, 3)
	read("server", s)

	// Earlier, while it waits.
	for i, d := range []time.Duration{-ever, brief} {
		must(c.SetWriteDeadline(after(ever)))
		done := make(chan int)
		var line string
		go func() {
			n, err := c.Write(b)
			line = "client: some " + strconv.FormatBool(n > 0) + ", all " + strconv.FormatBool(n >= total) + ", " + text(err)
			done <- n
		}()
		one := make([]byte, 1)
		m, err = io.ReadFull(s, one)
		must(err)
		time.Sleep(brief)
		say("earlier " + strconv.Itoa(i) + ": " + text(c.SetWriteDeadline(after(d))))
		n = <-done
		say(line)
		drain("server", s, n-1, b[1:])
	}

	// Later and cleared, while it waits.
	for i, t := range []time.Time{after(ever), {}} {
		old := after(safe)
		must(c.SetWriteDeadline(old))
		done := make(chan string)
		go func() {
			n, err := c.Write(b)
			done <- "wrote " + strconv.Itoa(n) + ", " + text(err)
		}()
		one := make([]byte, 1)
		m, err = io.ReadFull(s, one)
		must(err)
		say("later " + strconv.Itoa(i) + ": " + text(c.SetWriteDeadline(t)))
		time.Sleep(time.Until(old) + brief)
		drain("server", s, total-1, b[1:])
		say("client: " + <-done)
	}
	closeBoth(c, s)
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	listener = l.(*net.TCPListener)
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
	say("listener Close: " + text(l.Close()))
}
