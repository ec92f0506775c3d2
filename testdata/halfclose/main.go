// Command halfclose shuts TCP connections down one direction at a time: who begins, what still
// flows the other way, and what reads and writes give afterwards.
// main.cs beside this file is the same program.
package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	. "goport/testdata/transcript"
)

// chunk is what is sent before the other side has read it.
const chunk = 16 << 10

// send moves n bytes from one end to the other, at most a chunk at a time.
func send(what string, from, to *net.TCPConn, n int) {
	sent, got, same := 0, 0, true
	for sent < n {
		b := make([]byte, min(n-sent, chunk))
		for i := range b {
			b[i] = byte((sent + i) % 251)
		}
		m, err := from.Write(b)
		Must(err)
		sent += m
		r := make([]byte, len(b))
		m, err = io.ReadFull(to, r)
		Must(err)
		got += m
		same = same && bytes.Equal(b, r)
	}
	Say(what + ": sent " + strconv.Itoa(sent) + ", received " + strconv.Itoa(got) + ", same " + strconv.FormatBool(same))
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

// The client half-closes first, with n bytes on the way there and back.
func clientFirst(n int) {
	Say("== client first, " + strconv.Itoa(n))
	c, s := Connect()
	send("client to server", c, s, n)
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Read("server", s)
	Read("server again", s)
	send("server to client", s, c, n)
	Write("client", c, 1)
	Say("server CloseWrite: " + Text(s.CloseWrite()))
	Read("client", c)
	Read("client again", c)
	CloseBoth(c, s)
}

// The server half-closes first.
func serverFirst(n int) {
	Say("== server first, " + strconv.Itoa(n))
	c, s := Connect()
	Say("server CloseWrite: " + Text(s.CloseWrite()))
	Read("client", c)
	send("client to server", c, s, n)
	Write("server", s, 1)
	Write("server nothing", s, 0)
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Read("server", s)
	CloseBoth(c, s)
}

// Both half-close, and try everything afterwards.
func both() {
	Say("== both")
	c, s := Connect()
	send("client to server", c, s, 100)
	send("server to client", s, c, 100)
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Say("client CloseWrite again: " + Text(c.CloseWrite()))
	Read("server", s)
	Say("server CloseWrite: " + Text(s.CloseWrite()))
	Read("client", c)
	Write("client", c, 10)
	Write("server", s, 10)
	Write("client again", c, 1<<20)
	Say("client CloseWrite a third time: " + Text(c.CloseWrite()))
	Say("client CloseRead: " + Text(c.CloseRead()))
	Read("client", c)
	Read("server", s)
	CloseBoth(c, s)
}

// The reading side is shut down; what has arrived can still be read.
func closeRead() {
	Say("== CloseRead")
	c, s := Connect()
	n, err := s.Write(make([]byte, 3))
	Must(err)
	n, err = c.Read(make([]byte, 1))
	Say("client: read " + strconv.Itoa(n) + ", " + Text(err))
	Say("client CloseRead: " + Text(c.CloseRead()))
	Read("client, what had arrived", c)
	Read("client", c)
	Say("client CloseRead again: " + Text(c.CloseRead()))
	send("client to server", c, s, 100000)
	Say("server CloseRead: " + Text(s.CloseRead()))
	Read("server", s)
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Write("client", c, 1)
	Say("server CloseWrite: " + Text(s.CloseWrite()))
	Write("server", s, 1)
	Read("client", c)
	Read("server", s)
	CloseBoth(c, s)
}

// Both sides of one end are shut down in either order.
func readThenWrite(first string) {
	Say("== both sides of the client, " + first + " first")
	c, s := Connect()
	if first == "read" {
		Say("client CloseRead: " + Text(c.CloseRead()))
		Say("client CloseWrite: " + Text(c.CloseWrite()))
	} else {
		Say("client CloseWrite: " + Text(c.CloseWrite()))
		Say("client CloseRead: " + Text(c.CloseRead()))
	}
	Read("client", c)
	Write("client", c, 1)
	Read("server", s)
	Say("server CloseWrite: " + Text(s.CloseWrite()))
	CloseBoth(c, s)
}

// A goroutine is in Read when a direction is shut down, by its own end and by the other.
func blocked() {
	Say("== blocked in Read")
	c, s := Connect()
	done := make(chan string)
	reader := func(c *net.TCPConn) {
		n, err := c.Read(make([]byte, 16))
		done <- "read " + strconv.Itoa(n) + ", " + Text(err)
	}
	go reader(c)
	time.Sleep(50 * time.Millisecond)
	Say("client CloseRead: " + Text(c.CloseRead()))
	Say("client: " + <-done)
	go reader(s)
	time.Sleep(50 * time.Millisecond)
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Say("server: " + <-done)
	go reader(s)
	Say("server: " + <-done)
	CloseBoth(c, s)
}

// Everything on an end that is closed.
func closed() {
	Say("== closed")
	c, s := Connect()
	Say("client Close: " + Text(c.Close()))
	Say("client CloseRead: " + Text(c.CloseRead()))
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Read("client", c)
	Write("client", c, 1)
	Read("server", s)
	Say("server Close: " + Text(s.Close()))
	Say("server CloseRead: " + Text(s.CloseRead()))
	Say("server CloseWrite: " + Text(s.CloseWrite()))
}

// The whole size in one Write, read by the other end at the same time.
func stream(n int) {
	Say("== stream, " + strconv.Itoa(n))
	c, s := Connect()
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	done := make(chan string)
	writer := func(c *net.TCPConn) {
		n, err := c.Write(b)
		done <- "wrote " + strconv.Itoa(n) + ", " + Text(err) + ", CloseWrite " + Text(c.CloseWrite())
	}
	go writer(c)
	r := make([]byte, n)
	m, err := io.ReadFull(s, r)
	Say("client: " + <-done)
	Say("server: read " + strconv.Itoa(m) + ", same " + strconv.FormatBool(bytes.Equal(b, r)) + ", " + Text(err))
	Read("server", s)
	go writer(s)
	r = make([]byte, n)
	m, err = io.ReadFull(c, r)
	Say("server: " + <-done)
	Say("client: read " + strconv.Itoa(m) + ", same " + strconv.FormatBool(bytes.Equal(b, r)) + ", " + Text(err))
	Read("client", c)
	CloseBoth(c, s)
}

func main() {
	Listener = Listen()
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
	Say("listener Close: " + Text(Listener.Close()))
}
