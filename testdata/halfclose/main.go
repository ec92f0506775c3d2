// Command halfclose shuts TCP connections down one direction at a time: who begins, what still
// flows the other way, and what reads and writes give afterwards.
// main.cs beside this file is the same program.
package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// chunk is what is sent before the other side has read it.
const chunk = 16 << 10

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
	if errors.Is(err, syscall.EPIPE) {
		s += " EPIPE"
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

// send moves n bytes from one end to the other, at most a chunk at a time.
func send(what string, from, to *net.TCPConn, n int) {
	sent, got, same := 0, 0, true
	for sent < n {
		b := make([]byte, min(n-sent, chunk))
		for i := range b {
			b[i] = byte((sent + i) % 251)
		}
		m, err := from.Write(b)
		must(err)
		sent += m
		r := make([]byte, len(b))
		m, err = io.ReadFull(to, r)
		must(err)
		got += m
		same = same && bytes.Equal(b, r)
	}
	say(what + ": sent " + strconv.Itoa(sent) + ", received " + strconv.Itoa(got) + ", same " + strconv.FormatBool(same))
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
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

func closeBoth(c, s *net.TCPConn) {
	say("client Close: " + text(c.Close()))
	say("server Close: " + text(s.Close()))
}

// The client half-closes first, with n bytes on the way there and back.
func clientFirst(n int) {
	say("== client first, " + strconv.Itoa(n))
	c, s := connect()
	send("client to server", c, s, n)
	say("client CloseWrite: " + text(c.CloseWrite()))
	read("server", s)
	read("server again", s)
	send("server to client", s, c, n)
	write("client", c, 1)
	say("server CloseWrite: " + text(s.CloseWrite()))
	read("client", c)
	read("client again", c)
	closeBoth(c, s)
}

// The server half-closes first.
func serverFirst(n int) {
	say("== server first, " + strconv.Itoa(n))
	c, s := connect()
	say("server CloseWrite: " + text(s.CloseWrite()))
	read("client", c)
	send("client to server", c, s, n)
	write("server", s, 1)
	write("server nothing", s, 0)
	say("client CloseWrite: " + text(c.CloseWrite()))
	read("server", s)
	closeBoth(c, s)
}

// Both half-close, and try everything afterwards.
func both() {
	say("== both")
	c, s := connect()
	send("client to server", c, s, 100)
	send("server to client", s, c, 100)
	say("client CloseWrite: " + text(c.CloseWrite()))
	say("client CloseWrite again: " + text(c.CloseWrite()))
	read("server", s)
	say("server CloseWrite: " + text(s.CloseWrite()))
	read("client", c)
	write("client", c, 10)
	write("server", s, 10)
	write("client again", c, 1<<20)
	say("client CloseWrite a third time: " + text(c.CloseWrite()))
	say("client CloseRead: " + text(c.CloseRead()))
	read("client", c)
	read("server", s)
	closeBoth(c, s)
}

// The reading side is shut down; what has arrived can still be read.
func closeRead() {
	say("== CloseRead")
	c, s := connect()
	n, err := s.Write(make([]byte, 3))
	must(err)
	n, err = c.Read(make([]byte, 1))
	say("client: read " + strconv.Itoa(n) + ", " + text(err))
	say("client CloseRead: " + text(c.CloseRead()))
	read("client, what had arrived", c)
	read("client", c)
	say("client CloseRead again: " + text(c.CloseRead()))
	send("client to server", c, s, 100000)
	say("server CloseRead: " + text(s.CloseRead()))
	read("server", s)
	say("client CloseWrite: " + text(c.CloseWrite()))
	write("client", c, 1)
	say("server CloseWrite: " + text(s.CloseWrite()))
	write("server", s, 1)
	read("client", c)
	read("server", s)
	closeBoth(c, s)
}

// Both sides of one end are shut down in either order.
func readThenWrite(first string) {
	say("== both sides of the client, " + first + " first")
	c, s := connect()
	if first == "read" {
		say("client CloseRead: " + text(c.CloseRead()))
		say("client CloseWrite: " + text(c.CloseWrite()))
	} else {
		say("client CloseWrite: " + text(c.CloseWrite()))
		say("client CloseRead: " + text(c.CloseRead()))
	}
	read("client", c)
	write("client", c, 1)
	read("server", s)
	say("server CloseWrite: " + text(s.CloseWrite()))
	closeBoth(c, s)
}

// A goroutine is in Read when a direction is shut down, by its own end and by the other.
func blocked() {
	say("== blocked in Read")
	c, s := connect()
	done := make(chan string)
	reader := func(c *net.TCPConn) {
		n, err := c.Read(make([]byte, 16))
		done <- "read " + strconv.Itoa(n) + ", " + text(err)
	}
	go reader(c)
	time.Sleep(50 * time.Millisecond)
	say("client CloseRead: " + text(c.CloseRead()))
	say("client: " + <-done)
	go reader(s)
	time.Sleep(50 * time.Millisecond)
	say("client CloseWrite: " + text(c.CloseWrite()))
	say("server: " + <-done)
	go reader(s)
	say("server: " + <-done)
	closeBoth(c, s)
}

// Everything on an end that is closed.
func closed() {
	say("== closed")
	c, s := connect()
	say("client Close: " + text(c.Close()))
	say("client CloseRead: " + text(c.CloseRead()))
	say("client CloseWrite: " + text(c.CloseWrite()))
	read("client", c)
	write("client", c, 1)
	read("server", s)
	say("server Close: " + text(s.Close()))
	say("server CloseRead: " + text(s.CloseRead()))
	say("server CloseWrite: " + text(s.CloseWrite()))
}

// The whole size in one Write, read by the other end at the same time.
func stream(n int) {
	say("== stream, " + strconv.Itoa(n))
	c, s := connect()
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	done := make(chan string)
	writer := func(c *net.TCPConn) {
		n, err := c.Write(b)
		done <- "wrote " + strconv.Itoa(n) + ", " + text(err) + ", CloseWrite " + text(c.CloseWrite())
	}
	go writer(c)
	r := make([]byte, n)
	m, err := io.ReadFull(s, r)
	say("client: " + <-done)
	say("server: read " + strconv.Itoa(m) + ", same " + strconv.FormatBool(bytes.Equal(b, r)) + ", " + text(err))
	read("server", s)
	go writer(s)
	r = make([]byte, n)
	m, err = io.ReadFull(c, r)
	say("server: " + <-done)
	say("client: read " + strconv.Itoa(m) + ", same " + strconv.FormatBool(bytes.Equal(b, r)) + ", " + text(err))
	read("client", c)
	closeBoth(c, s)
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	listener = l.(*net.TCPListener)
	if len(os.Args) > 1 && os.Args[1] == "stream" {
		stream(1)
		stream(100000)
		stream(4 << 20)
	} else {
		clientFirst(0)
		clientFirst(1)
		clientFirst(4096)
		clientFirst(4 << 20)
		serverFirst(1)
		serverFirst(65537)
		serverFirst(4 << 20)
		both()
		closeRead()
		readThenWrite("read")
		readThenWrite("write")
		blocked()
		closed()
	}
	say("listener Close: " + text(l.Close()))
}
