// Command resets breaks TCP connections off: before, during and after a transfer, with the
// other end idle, blocked in Read and blocked in Write.
// main.cs beside this file is the same program.
package main

import (
	"errors"
	"io"
	"net"
	"os"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tcpClose is the state of a connection that the system has done with.
const tcpClose = 7

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
	if errors.Is(err, syscall.EPIPE) {
		s += " EPIPE"
	}
	if errors.Is(err, syscall.ECONNRESET) {
		s += " ECONNRESET"
	}
	if errors.Is(err, syscall.ENOTCONN) {
		s += " ENOTCONN"
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

// reset breaks the connection off.
func reset(what string, c *net.TCPConn) {
	say(what + " SetLinger: " + text(c.SetLinger(0)))
	say(what + " Close: " + text(c.Close()))
}

// broken waits until the news has arrived at c, without reading it.
func broken(c *net.TCPConn) {
	rc, err := c.SyscallConn()
	must(err)
	state := 0
	for {
		time.Sleep(20 * time.Millisecond)
		err = rc.Control(func(fd uintptr) {
			// The first byte of tcp_info is the state.
			state, _ = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_INFO)
		})
		must(err)
		if state&0xff == tcpClose {
			break
		}
	}
}

// read is one Read of at most 16 bytes.
func read(what string, c *net.TCPConn) {
	n, err := c.Read(make([]byte, 16))
	say(what + ": read " + strconv.Itoa(n) + ", " + text(err))
}

func write(what string, c *net.TCPConn, n int) {
	n, err := c.Write(make([]byte, n))
	say(what + ": wrote " + strconv.Itoa(n) + ", " + text(err))
}

// The reset comes before anything is sent; the other end reads first.
func beforeRead() {
	say("== before a transfer, read")
	c, s := connect()
	reset("server", s)
	read("client", c)
	read("client again", c)
	write("client", c, 1)
	write("client again", c, 1)
	read("client a third time", c)
	say("client Close: " + text(c.Close()))
}

// The reset comes before anything is sent; the other end writes first.
func beforeWrite() {
	say("== before a transfer, write")
	c, s := connect()
	reset("client", c)
	broken(s)
	write("server", s, 100)
	write("server again", s, 100)
	read("server", s)
	read("server again", s)
	say("server Close: " + text(s.Close()))
}

// The reset comes before the connection is accepted.
func beforeAccept() {
	say("== before accept")
	conn, err := net.Dial("tcp", listener.Addr().String())
	must(err)
	c := conn.(*net.TCPConn)
	names = nil
	name(c.LocalAddr(), "client")
	name(c.RemoteAddr(), "server")
	reset("client", c)
	s, err := listener.AcceptTCP()
	say("Accept: " + text(err))
	read("server", s)
	write("server", s, 1)
	say("server Close: " + text(s.Close()))
}

// Some data has arrived when the reset comes.
func pending() {
	say("== data has arrived")
	c, s := connect()
	write("server", s, 3)
	n, err := c.Read(make([]byte, 1))
	say("client: read " + strconv.Itoa(n) + ", " + text(err))
	reset("server", s)
	broken(c)
	read("client, what had arrived", c)
	read("client", c)
	read("client again", c)
	say("client Close: " + text(c.Close()))
}

// The reset comes in the middle of what is expected.
func middle() {
	say("== in the middle")
	c, s := connect()
	write("client", c, 5)
	reset("client", c)
	b := make([]byte, 10)
	n, err := io.ReadFull(s, b)
	say("server: read " + strconv.Itoa(n) + " of 10, " + text(err))
	n, err = io.ReadFull(s, b)
	say("server: read " + strconv.Itoa(n) + " of 10, " + text(err))
	say("server Close: " + text(s.Close()))
}

// Close with data that nobody has read resets without SetLinger.
func unread() {
	say("== Close with unread data")
	c, s := connect()
	write("client", c, 10)
	n, err := s.Read(make([]byte, 1))
	say("server: read " + strconv.Itoa(n) + ", " + text(err))
	say("server Close: " + text(s.Close()))
	read("client", c)
	write("client", c, 10)
	say("client Close: " + text(c.Close()))
}

// The other end closed in peace; the first write is answered by a reset.
func afterClose() {
	say("== write after the other end's Close")
	c, s := connect()
	say("server Close: " + text(s.Close()))
	read("client", c)
	write("client", c, 10)
	broken(c)
	write("client again", c, 10)
	read("client", c)
	say("client Close: " + text(c.Close()))
}

// A reset of an end that is half-closed.
func halfClosed() {
	say("== half-closed")
	c, s := connect()
	say("client CloseWrite: " + text(c.CloseWrite()))
	read("server", s)
	reset("server", s)
	read("client", c)
	write("client", c, 1)
	say("client Close: " + text(c.Close()))
}

// Everything else on a connection that was reset.
func methods() {
	say("== methods after a reset")
	c, s := connect()
	reset("server", s)
	broken(c)
	say("client SetDeadline: " + text(c.SetDeadline(time.Now().Add(time.Hour))))
	say("client SetDeadline zero: " + text(c.SetDeadline(time.Time{})))
	say("client SetNoDelay: " + text(c.SetNoDelay(false)))
	say("client SetKeepAlive: " + text(c.SetKeepAlive(false)))
	say("client SetKeepAlivePeriod: " + text(c.SetKeepAlivePeriod(time.Minute)))
	say("client SetLinger: " + text(c.SetLinger(3)))
	say("client SetReadBuffer: " + text(c.SetReadBuffer(8192)))
	say("client SetWriteBuffer: " + text(c.SetWriteBuffer(8192)))
	say("client CloseRead: " + text(c.CloseRead()))
	say("client CloseWrite: " + text(c.CloseWrite()))
	read("client", c)
	write("client", c, 1)
	say("client Close: " + text(c.Close()))
	read("client", c)
	write("client", c, 1)
}

// A goroutine is in Read when the reset comes.
func inRead() {
	say("== in Read")
	c, s := connect()
	done := make(chan string)
	go func() {
		n, err := c.Read(make([]byte, 16))
		done <- "read " + strconv.Itoa(n) + ", " + text(err)
	}()
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	say("client: " + <-done)
	read("client again", c)
	write("client", c, 1)
	say("client Close: " + text(c.Close()))
}

// Several goroutines are in Read: one gets the reset, the others the end.
func inReads() {
	say("== in several Reads")
	c, s := connect()
	done := make(chan string)
	for i := 0; i < 4; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			done <- "read " + strconv.Itoa(n) + ", " + text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	all := []string{<-done, <-done, <-done, <-done}
	sort.Strings(all)
	for _, one := range all {
		say("client: " + one)
	}
	say("client Close: " + text(c.Close()))
}

// A goroutine is in Write, the buffers are full, and the reader resets.
func inWrite(total int) {
	say("== in Write, " + strconv.Itoa(total))
	c, s := connect()
	must(c.SetWriteBuffer(8192))
	must(s.SetReadBuffer(8192))
	done := make(chan string)
	go func() {
		n, err := c.Write(make([]byte, total))
		done <- "some " + strconv.FormatBool(n > 0) + ", all " + strconv.FormatBool(n >= total) + ", " + text(err)
	}()
	n, err := s.Read(make([]byte, 1))
	say("server: read " + strconv.Itoa(n) + ", " + text(err))
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	say("client: " + <-done)
	write("client", c, 1)
	read("client", c)
	say("client Close: " + text(c.Close()))
}

// Goroutines are in Read and in Write of the same end: who learns of the reset first is not
// said, so only that both come back.
func inBoth(total int) {
	say("== in Read and Write, " + strconv.Itoa(total))
	c, s := connect()
	must(c.SetWriteBuffer(8192))
	must(s.SetReadBuffer(8192))
	written := make(chan bool)
	got := make(chan bool)
	go func() {
		n, err := c.Write(make([]byte, total))
		written <- n > 0 && n < total && (errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE))
	}()
	go func() {
		n, err := c.Read(make([]byte, 16))
		got <- n == 0 && (errors.Is(err, syscall.ECONNRESET) || err == io.EOF)
	}()
	n, err := s.Read(make([]byte, 1))
	say("server: read " + strconv.Itoa(n) + ", " + text(err))
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	say("client wrote until the reset: " + strconv.FormatBool(<-written))
	say("client read until the reset: " + strconv.FormatBool(<-got))
	write("client", c, 1)
	read("client", c)
	say("client Close: " + text(c.Close()))
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	listener = l.(*net.TCPListener)
	if len(os.Args) > 1 && os.Args[1] == "full" {
		inWrite(8 << 20)
		inWrite(64 << 20)
	} else if len(os.Args) > 1 && os.Args[1] == "both" {
		inBoth(8 << 20)
	} else {
		beforeRead()
		beforeWrite()
		beforeAccept()
		pending()
		middle()
		unread()
		afterClose()
		halfClosed()
		methods()
		inRead()
		inReads()
	}
	say("listener Close: " + text(l.Close()))
}
