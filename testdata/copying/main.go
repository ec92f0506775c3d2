// Command copying copies to a TCP connection: from a connection, a file, a pipe and something else,
// with and without a limit, and where it fails.
// main.cs beside this file is the same program.
package main

import (
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

var listener net.Listener

func say(s string) {
	os.Stdout.WriteString(s + "\n")
}

func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}

func must(err error) {
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}

// connect makes a connection.
func connect() (*net.TCPConn, *net.TCPConn) {
	c, err := net.Dial("tcp", listener.Addr().String())
	must(err)
	s, err := listener.Accept()
	must(err)
	return c.(*net.TCPConn), s.(*net.TCPConn)
}

// copied copies r to a connection and says what comes out of it. n > 0 is a limit.
func copied(what string, r io.Reader, n int64) {
	c, s := connect()
	var lr *io.LimitedReader
	if n > 0 {
		lr = &io.LimitedReader{R: r, N: n}
		r = lr
	}
	m, err := io.Copy(s, r)
	what += ": " + strconv.FormatInt(m, 10) + ", " + text(err)
	if lr != nil {
		what += ", N " + strconv.FormatInt(lr.N, 10)
	}
	must(s.Close())
	b, err := io.ReadAll(c)
	say(what + "; got " + strconv.Quote(string(b)) + ", " + text(err))
	must(c.Close())
}

// source is a connection that holds s and then ends.
func source(s string) *net.TCPConn {
	c, r := connect()
	_, err := c.Write([]byte(s))
	must(err)
	must(c.Close())
	return r
}

// file is an open file that holds s; nobody can open it again.
func file(s string) *os.File {
	f, err := os.CreateTemp("", "copying")
	must(err)
	must(os.Remove(f.Name()))
	_, err = f.WriteString(s)
	must(err)
	_, err = f.Seek(0, io.SeekStart)
	must(err)
	return f
}

func lockstep() {
	say("== connection")
	r := source("hello, world")
	copied("3 bytes", r, 3)
	copied("2 more", r, 2)
	copied("the rest", r, 0)
	copied("at the end", r, 0)
	copied("at the end, 7 bytes", r, 7)
	must(r.Close())
	r = source("hello")
	copied("more than there is", r, 100)
	must(r.Close())
	copied("closed", r, 0)
	r = source("hello")
	must(r.SetReadDeadline(time.Now().Add(-time.Hour)))
	copied("read deadline", r, 0)
	must(r.Close())

	say("== file")
	f := file("hello, world")
	copied("3 bytes", f, 3)
	copied("2 more", f, 2)
	copied("the rest", f, 0)
	copied("at the end", f, 0)
	copied("at the end, 7 bytes", f, 7)
	_, err := f.Seek(7, io.SeekStart)
	must(err)
	copied("from 7", f, 0)
	_, err = f.Seek(7, io.SeekStart)
	must(err)
	copied("from 7, more than there is", f, 100)
	must(f.Close())

	say("== pipe")
	pr, pw, err := os.Pipe()
	must(err)
	_, err = pw.WriteString("hello, world")
	must(err)
	copied("3 bytes", pr, 3)
	must(pw.Close())
	copied("the rest", pr, 0)
	must(pr.Close())

	say("== neither")
	copied("3 bytes", strings.NewReader("hello, world"), 3)

	say("== the destination fails")
	c, s := connect()
	must(s.SetWriteDeadline(time.Now().Add(-time.Hour)))
	r = source("hello")
	n, err := io.Copy(s, r)
	say("write deadline, connection: " + strconv.FormatInt(n, 10) + ", " + text(err))
	must(r.Close())
	f = file("hello")
	n, err = io.Copy(s, f)
	say("write deadline, file: " + strconv.FormatInt(n, 10) + ", " + text(err))
	must(f.Close())
	must(s.Close())
	r = source("hello")
	n, err = io.Copy(s, r)
	say("closed, connection: " + strconv.FormatInt(n, 10) + ", " + text(err))
	must(r.Close())
	f = file("hello")
	n, err = io.Copy(s, f)
	say("closed, file: " + strconv.FormatInt(n, 10) + ", " + text(err))
	must(f.Close())
	must(c.Close())
}

// stream copies what r has to a connection that a goroutine empties.
func stream(what string, r io.Reader) {
	c, s := connect()
	done := make(chan string)
	go func() {
		b, err := io.ReadAll(c)
		same := true
		for i := range b {
			same = same && b[i] == byte(i%251)
		}
		done <- strconv.Itoa(len(b)) + " bytes, same " + strconv.FormatBool(same) + ", " + text(err)
	}()
	m, err := io.Copy(s, r)
	must(s.Close())
	say(what + ": " + strconv.FormatInt(m, 10) + ", " + text(err) + "; got " + <-done)
	must(c.Close())
}

func streams() {
	const n = 4 << 20
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	c, r := connect()
	go func() {
		_, err := c.Write(b)
		must(err)
		must(c.Close())
	}()
	stream("connection", r)
	must(r.Close())
	f := file("")
	_, err := f.Write(b)
	must(err)
	_, err = f.Seek(0, io.SeekStart)
	must(err)
	stream("file", f)
	must(f.Close())
}

func main() {
	var err error
	listener, err = net.Listen("tcp", "127.0.0.1:0")
	must(err)
	if len(os.Args) > 1 && os.Args[1] == "stream" {
		streams()
	} else {
		lockstep()
	}
	must(listener.Close())
}
