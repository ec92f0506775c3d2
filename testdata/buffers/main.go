// Command buffers writes many buffers at once, with writev, to connections and to what is none.
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
	c, s := Connect()
	v, all := pieces(n, sizes...)
	what += ", " + strconv.Itoa(len(v)) + " buffers"
	m, err := v.WriteTo(c)
	Say(what + ": wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
	got := make([]byte, n)
	k, err := io.ReadFull(s, got)
	Say(what + ": read " + strconv.Itoa(k) + ", " + Text(err) + ", same " + strconv.FormatBool(bytes.Equal(all, got)))
	Must(c.Close())
	Must(s.Close())
}

func transfers() {
	Say("== WriteTo")
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
	Say("== Copy")
	c, s := Connect()
	v, all := pieces(2000, 700)
	m, err := io.Copy(c, &v)
	Say("wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
	got := make([]byte, 2000)
	k, err := io.ReadFull(s, got)
	Say("read " + strconv.Itoa(k) + ", " + Text(err) + ", same " + strconv.FormatBool(bytes.Equal(all, got)))
	Must(c.Close())
	Must(s.Close())
}

// read is one Read of some bytes of the buffers.
func read(v *net.Buffers, n int) {
	b := make([]byte, n)
	n, err := v.Read(b)
	Say("read " + strconv.Itoa(n) + " \"" + string(b[:n]) + "\", " + Text(err) + ", left " + strconv.Itoa(len(*v)))
}

// Buffers as a reader.
func reader() {
	Say("== Read")
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
	Say("Write of " + strconv.Itoa(len(p)) + ", took " + strconv.Itoa(n))
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}

// A writer that is no connection.
func writer() {
	Say("== another writer")
	v := net.Buffers{[]byte("foo"), []byte(""), []byte("quux"), []byte("x")}
	w := &limited{room: 5}
	m, err := v.WriteTo(w)
	Say("wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)) + ", first " + string(v[0]))
	w.room = 100
	m, err = v.WriteTo(w)
	Say("wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
}

// Connections that cannot be written to.
func failing() {
	Say("== failing")
	c, s := Connect()
	v, _ := pieces(10, 5)
	Must(c.SetWriteDeadline(time.Unix(1, 0)))
	m, err := v.WriteTo(c)
	Say("deadline: wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
	Must(c.SetWriteDeadline(time.Time{}))
	Must(c.CloseWrite())
	m, err = v.WriteTo(c)
	Say("CloseWrite: wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
	Must(c.Close())
	m, err = v.WriteTo(c)
	Say("closed: wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
	Must(s.Close())
	c, s = Connect()
	Must(s.SetLinger(0))
	Must(s.Close())
	_, err = c.Read(make([]byte, 1))
	Say("read: " + Text(err))
	m, err = v.WriteTo(c)
	Say("reset: wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)))
	Must(c.Close())
}

// More than the buffers of the connection hold.
func full(n int) {
	Say("== full buffers, " + strconv.Itoa(n))
	c, s := Connect()
	v, all := pieces(n, 1000, 1, 70000, 8192)
	done := make(chan string)
	go func() {
		m, err := v.WriteTo(c)
		done <- "wrote " + strconv.FormatInt(m, 10) + ", " + Text(err) + ", left " + strconv.Itoa(len(v)) + ", CloseWrite " + Text(c.CloseWrite())
	}()
	got := make([]byte, n)
	k, err := io.ReadFull(s, got)
	Say("client: " + <-done)
	Say("server: read " + strconv.Itoa(k) + ", " + Text(err) + ", same " + strconv.FormatBool(bytes.Equal(all, got)))
	Must(c.Close())
	Must(s.Close())
}

func main() {
	Listener = Listen()
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
	Say("listener Close: " + Text(Listener.Close()))
}
