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
	"syscall"
	"time"

	. "goport/testdata/transcript"
)

// tcpClose is the state of a connection that the system has done with.
const tcpClose = 7

// reset breaks the connection off.
func reset(what string, c *net.TCPConn) {
	Say(what + " SetLinger: " + Text(c.SetLinger(0)))
	Say(what + " Close: " + Text(c.Close()))
}

// broken waits until the news has arrived at c, without reading it.
func broken(c *net.TCPConn) {
	rc, err := c.SyscallConn()
	Must(err)
	state := 0
	for {
		time.Sleep(20 * time.Millisecond)
		err = rc.Control(func(fd uintptr) {
			// The first byte of tcp_info is the state.
			state, _ = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_INFO)
		})
		Must(err)
		if state&0xff == tcpClose {
			break
		}
	}
}

// The reset comes before anything is sent; the other end reads first.
func beforeRead() {
	Say("== before a transfer, read")
	c, s := Connect()
	reset("server", s)
	Read("client", c)
	Read("client again", c)
	Write("client", c, 1)
	Write("client again", c, 1)
	Read("client a third time", c)
	Say("client Close: " + Text(c.Close()))
}

// The reset comes before anything is sent; the other end writes first.
func beforeWrite() {
	Say("== before a transfer, write")
	c, s := Connect()
	reset("client", c)
	broken(s)
	Write("server", s, 100)
	Write("server again", s, 100)
	Read("server", s)
	Read("server again", s)
	Say("server Close: " + Text(s.Close()))
}

// The reset comes before the connection is accepted.
func beforeAccept() {
	Say("== before accept")
	conn, err := net.Dial("tcp", Listener.Addr().String())
	Must(err)
	c := conn.(*net.TCPConn)
	Names = nil
	Name(c.LocalAddr(), "client")
	Name(c.RemoteAddr(), "server")
	reset("client", c)
	s, err := Listener.AcceptTCP()
	Say("Accept: " + Text(err))
	Read("server", s)
	Write("server", s, 1)
	Say("server Close: " + Text(s.Close()))
}

// Some data has arrived when the reset comes.
func pending() {
	Say("== data has arrived")
	c, s := Connect()
	Write("server", s, 3)
	n, err := c.Read(make([]byte, 1))
	Say("client: read " + strconv.Itoa(n) + ", " + Text(err))
	reset("server", s)
	broken(c)
	Read("client, what had arrived", c)
	Read("client", c)
	Read("client again", c)
	Say("client Close: " + Text(c.Close()))
}

// The reset comes in the middle of what is expected.
func middle() {
	Say("== in the middle")
	c, s := Connect()
	Write("client", c, 5)
	reset("client", c)
	b := make([]byte, 10)
	n, err := io.ReadFull(s, b)
	Say("server: read " + strconv.Itoa(n) + " of 10, " + Text(err))
	n, err = io.ReadFull(s, b)
	Say("server: read " + strconv.Itoa(n) + " of 10, " + Text(err))
	Say("server Close: " + Text(s.Close()))
}

// Close with data that nobody has read resets without SetLinger.
func unread() {
	Say("== Close with unread data")
	c, s := Connect()
	Write("client", c, 10)
	n, err := s.Read(make([]byte, 1))
	Say("server: read " + strconv.Itoa(n) + ", " + Text(err))
	Say("server Close: " + Text(s.Close()))
	Read("client", c)
	Write("client", c, 10)
	Say("client Close: " + Text(c.Close()))
}

// The other end closed in peace; the first write is answered by a reset.
func afterClose() {
	Say("== write after the other end's Close")
	c, s := Connect()
	Say("server Close: " + Text(s.Close()))
	Read("client", c)
	Write("client", c, 10)
	broken(c)
	Write("client again", c, 10)
	Read("client", c)
	Say("client Close: " + Text(c.Close()))
}

// A reset of an end that is half-closed.
func halfClosed() {
	Say("== half-closed")
	c, s := Connect()
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Read("server", s)
	reset("server", s)
	Read("client", c)
	Write("client", c, 1)
	Say("client Close: " + Text(c.Close()))
}

// Everything else on a connection that was reset.
func methods() {
	Say("== methods after a reset")
	c, s := Connect()
	reset("server", s)
	broken(c)
	Say("client SetDeadline: " + Text(c.SetDeadline(time.Now().Add(time.Hour))))
	Say("client SetDeadline zero: " + Text(c.SetDeadline(time.Time{})))
	Say("client SetNoDelay: " + Text(c.SetNoDelay(false)))
	Say("client SetKeepAlive: " + Text(c.SetKeepAlive(false)))
	Say("client SetKeepAlivePeriod: " + Text(c.SetKeepAlivePeriod(time.Minute)))
	Say("client SetLinger: " + Text(c.SetLinger(3)))
	Say("client SetReadBuffer: " + Text(c.SetReadBuffer(8192)))
	Say("client SetWriteBuffer: " + Text(c.SetWriteBuffer(8192)))
	Say("client CloseRead: " + Text(c.CloseRead()))
	Say("client CloseWrite: " + Text(c.CloseWrite()))
	Read("client", c)
	Write("client", c, 1)
	Say("client Close: " + Text(c.Close()))
	Read("client", c)
	Write("client", c, 1)
}

// A goroutine is in Read when the reset comes.
func inRead() {
	Say("== in Read")
	c, s := Connect()
	done := make(chan string)
	go func() {
		n, err := c.Read(make([]byte, 16))
		done <- "read " + strconv.Itoa(n) + ", " + Text(err)
	}()
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	Say("client: " + <-done)
	Read("client again", c)
	Write("client", c, 1)
	Say("client Close: " + Text(c.Close()))
}

// Several goroutines are in Read: one gets the reset, the others the end.
func inReads() {
	Say("== in several Reads")
	c, s := Connect()
	done := make(chan string)
	for i := 0; i < 4; i++ {
		go func() {
			n, err := c.Read(make([]byte, 16))
			done <- "read " + strconv.Itoa(n) + ", " + Text(err)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	all := []string{<-done, <-done, <-done, <-done}
	sort.Strings(all)
	for _, one := range all {
		Say("client: " + one)
	}
	Say("client Close: " + Text(c.Close()))
}

// A goroutine is in Write, the buffers are full, and the reader resets.
func inWrite(total int) {
	Say("== in Write, " + strconv.Itoa(total))
	c, s := Connect()
	Must(c.SetWriteBuffer(8192))
	Must(s.SetReadBuffer(8192))
	done := make(chan string)
	go func() {
		n, err := c.Write(make([]byte, total))
		done <- "some " + strconv.FormatBool(n > 0) + ", all " + strconv.FormatBool(n >= total) + ", " + Text(err)
	}()
	n, err := s.Read(make([]byte, 1))
	Say("server: read " + strconv.Itoa(n) + ", " + Text(err))
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	Say("client: " + <-done)
	Write("client", c, 1)
	Read("client", c)
	Say("client Close: " + Text(c.Close()))
}

// Goroutines are in Read and in Write of the same end: who learns of the reset first is not
// said, so only that both come back.
func inBoth(total int) {
	Say("== in Read and Write, " + strconv.Itoa(total))
	c, s := Connect()
	Must(c.SetWriteBuffer(8192))
	Must(s.SetReadBuffer(8192))
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
	Say("server: read " + strconv.Itoa(n) + ", " + Text(err))
	time.Sleep(50 * time.Millisecond)
	reset("server", s)
	Say("client wrote until the reset: " + strconv.FormatBool(<-written))
	Say("client read until the reset: " + strconv.FormatBool(<-got))
	Write("client", c, 1)
	Read("client", c)
	Say("client Close: " + Text(c.Close()))
}

func main() {
	Listener = Listen()
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
	Say("listener Close: " + Text(Listener.Close()))
}
