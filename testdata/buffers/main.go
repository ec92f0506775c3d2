// Command buffers writes many buffers at once, with writev, to connections and to what is none.
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
	if errors.Is(err, net.ErrClosed) {
		s += " ErrClosed"
	}
	if errors.Is(err, syscall.EPIPE) {
		s += " EPIPE"
	}
	if errors.Is(err, syscall.ECONNRESET) {
		s += " ECONNRESET"
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		s += " ErrDeadlineExceeded"
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

// pieces cuts n bytes into buffers of the sizes, over and over.
func pieces(n int, sizes ...int) (net.Buffers, []byte) {
	all := make([]byte, n)
	for i := range all {
		all[i] = byte(i % 251)
	}
	var v net.Buffers
	for i, off := 0, 0; off < n; i++ {
		end := off + sizes[i%len(sizes)]
		if end > n {
			end = n
		}
		v = append(v, all[off:end])
		off = end
	}
	return v, all
}

// transfer writes buffers to one end and reads them at the other.
func transfer(what string, n int, sizes ...int) {
	c, s := connect()
	v, all := pieces(n, sizes...)
	what += ", " + strconv.Itoa(len(v)) + " buffers"
	m, err := v.WriteTo(c)
	say(what + ": wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
	got := make([]byte, n)
	k, err := io.ReadFull(s, got)
	say(what + ": read " + strconv.Itoa(k) + ", " + text(err) + ", same " + strconv.FormatBool(bytes.Equal(all, got)))
	must(c.Close())
	must(s.Close())
}

func transfers() {
	say("== WriteTo")
	transfer("nothing", 0, 1)
	transfer("one byte", 1, 1)
	transfer("two", 10, 5)
	transfer("of different size", 1000, 1, 99, 400)
	transfer("empty ones between", 50, 0, 10, 0, 0)
	transfer("1023", 1023, 1)
	transfer("1024", 1024, 1)
	transfer("1025", 1025, 1)
	transfer("3000", 3000, 1)
	transfer("larger", 12000, 4000)
}

// io.Copy finds WriteTo.
func copied() {
	say("== Copy")
	c, s := connect()
	v, all := pieces(2000, 700)
	m, err := io.Copy(c, &v)
	say("wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
	got := make([]byte, 2000)
	k, err := io.ReadFull(s, got)
	say("read " + strconv.Itoa(k) + ", " + text(err) + ", same " + strconv.FormatBool(bytes.Equal(all, got)))
	must(c.Close())
	must(s.Close())
}

// read is one Read of some bytes of the buffers.
func read(v *net.Buffers, n int) {
	b := make([]byte, n)
	n, err := v.Read(b)
	say("read " + strconv.Itoa(n) + " \"" + string(b[:n]) + "\", " + text(err) + ", left " + strconv.Itoa(len(*v)))
}

// Buffers as a reader.
func reader() {
	say("== Read")
	v := net.Buffers{[]byte("foo"), []byte(""), []byte("quux"), []byte("x")}
	read(&v, 0)
	read(&v, 2)
	read(&v, 3)
	read(&v, 10)
	read(&v, 10)
	read(&v, 0)
}

// limited is a writer with so much room.
type limited struct {
	room int
}

func (w *limited) Write(p []byte) (int, error) {
	n := len(p)
	if n > w.room {
		n = w.room
	}
	w.room -= n
	say("Write of " + strconv.Itoa(len(p)) + ", took " + strconv.Itoa(n))
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}

// A writer that is no connection.
func writer() {
	say("== another writer")
	v := net.Buffers{[]byte("foo"), []byte(""), []byte("quux"), []byte("x")}
	w := &limited{room: 5}
	m, err := v.WriteTo(w)
	say("wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)) + ", first " + string(v[0]))
	w.room = 100
	m, err = v.WriteTo(w)
	say("wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
}

// Connections that cannot be written to.
func failing() {
	say("== failing")
	c, s := connect()
	v, _ := pieces(10, 5)
	must(c.SetWriteDeadline(time.Unix(1, 0)))
	m, err := v.WriteTo(c)
	say("deadline: wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
	must(c.SetWriteDeadline(time.Time{}))
	must(c.CloseWrite())
	m, err = v.WriteTo(c)
	say("CloseWrite: wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
	must(c.Close())
	m, err = v.WriteTo(c)
	say("closed: wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
	must(s.Close())
	c, s = connect()
	must(s.SetLinger(0))
	must(s.Close())
	_, err = c.Read(make([]byte, 1))
	say("read: " + text(err))
	m, err = v.WriteTo(c)
	say("reset: wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)))
	must(c.Close())
}

// More than the buffers of the connection hold.
func full(n int) {
	say("== full buffers, " + strconv.Itoa(n))
	c, s := connect()
	v, all := pieces(n, 1000, 1, 70000, 8192)
	done := make(chan string)
	go func() {
		m, err := v.WriteTo(c)
		done <- "wrote " + strconv.FormatInt(m, 10) + ", " + text(err) + ", left " + strconv.Itoa(len(v)) + ", CloseWrite " + text(c.CloseWrite())
	}()
	got := make([]byte, n)
	k, err := io.ReadFull(s, got)
	say("client: " + <-done)
	say("server: read " + strconv.Itoa(k) + ", " + text(err) + ", same " + strconv.FormatBool(bytes.Equal(all, got)))
	must(c.Close())
	must(s.Close())
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	listener = l.(*net.TCPListener)
	if len(os.Args) > 1 && os.Args[1] == "full" {
		full(100000)
		full(8 << 20)
	} else {
		transfers()
		copied()
		reader()
		writer()
		failing()
	}
	say("listener Close: " + text(l.Close()))
}
