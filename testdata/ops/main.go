// Command ops runs scripts of operations on connections: both ends are in the program. main.cs beside
// this file is the same program.
package main

import (
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

type op struct {
	verb string
	end  int
	n    int
}

// An end of a connection: 2*k is the client's of connection k, 2*k+1 the server's.
type end struct {
	conn     *net.TCPConn
	id       int
	sent     int
	received int
	log      string
}

func text(err error) string {
	if err == nil {
		return "ok"
	}
	return err.Error()
}

// at is the byte at a place of what an end sends.
func at(id int, pos int) byte {
	return byte(pos*31 + pos>>8 + id)
}

func (e *end) write(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = at(e.id, e.sent+i)
	}
	m, err := e.conn.Write(b)
	e.sent += m
	return strconv.Itoa(m) + " " + text(err)
}

func (e *end) read(n int) string {
	b := make([]byte, n)
	got := 0
	for got < n {
		m, err := e.conn.Read(b[got:])
		for i := got; i < got+m; i++ {
			if b[i] != at(e.id^1, e.received) {
				return "byte " + strconv.Itoa(e.received) + " is " + strconv.Itoa(int(b[i]))
			}
			e.received++
		}
		got += m
		if err != nil {
			return strconv.Itoa(got) + " " + text(err)
		}
	}
	return strconv.Itoa(got) + " ok"
}

func (e *end) do(o op) {
	var s string
	switch o.verb {
	case "write":
		s = e.write(o.n)
	case "read":
		s = e.read(o.n)
	case "past":
		s = text(e.conn.SetDeadline(time.Now().Add(-time.Second)))
	case "later":
		s = text(e.conn.SetDeadline(time.Now().Add(time.Hour)))
	case "never":
		s = text(e.conn.SetDeadline(time.Time{}))
	case "expire":
		s = text(e.conn.SetReadDeadline(time.Now().Add(time.Duration(o.n)*time.Millisecond))) + ", read " + e.read(1)
	case "halfclose":
		s = text(e.conn.CloseWrite())
	case "close":
		s = text(e.conn.Close())
	case "reset":
		s = text(e.conn.SetLinger(0)) + ", " + text(e.conn.Close())
	default:
		s = "what is that?"
	}
	e.log += o.verb + " " + strconv.Itoa(e.id) + " " + strconv.Itoa(o.n) + ": " + s + "\n"
}

func fatal(err error) {
	os.Stderr.WriteString(err.Error() + "\n")
	os.Exit(1)
}

// dial adds the two ends of a new connection.
func dial(ln net.Listener, ends []*end) []*end {
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		fatal(err)
	}
	s, err := ln.Accept()
	if err != nil {
		fatal(err)
	}
	return append(ends, &end{conn: c.(*net.TCPConn), id: len(ends)}, &end{conn: s.(*net.TCPConn), id: len(ends) + 1})
}

// serial does everything on one goroutine.
func serial(ln net.Listener, ops []op) {
	var ends []*end
	for _, o := range ops {
		switch o.verb {
		case "dial":
			ends = dial(ln, ends)
		case "sleep":
			time.Sleep(time.Duration(o.n) * time.Millisecond)
		default:
			e := ends[o.end]
			e.do(o)
			os.Stdout.WriteString(e.log)
			e.log = ""
		}
	}
	finish(ends)
}

// concurrent has a goroutine for each end.
func concurrent(ln net.Listener, ops []op) {
	var ends []*end
	for _, o := range ops {
		if o.verb == "dial" {
			ends = dial(ln, ends)
		}
	}
	var wg sync.WaitGroup
	for _, e := range ends {
		wg.Add(1)
		e := e
		go func() {
			for _, o := range ops {
				if o.verb == "sleep" {
					time.Sleep(time.Duration(o.n) * time.Millisecond)
				} else if o.verb != "dial" && o.end == e.id {
					e.do(o)
				}
			}
			wg.Done()
		}()
	}
	wg.Wait()
	for _, e := range ends {
		os.Stdout.WriteString(e.log)
	}
	finish(ends)
}

func finish(ends []*end) {
	for _, e := range ends {
		e.conn.Close()
	}
}

func main() {
	if len(os.Args) != 2 {
		os.Stderr.WriteString("usage: ops file\n")
		os.Exit(2)
	}
	b, err := os.ReadFile(os.Args[1])
	if err != nil {
		fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fatal(err)
	}
	var ops []op
	run := serial
	for _, line := range strings.Split(string(b), "\n") {
		w := strings.Split(line, " ")
		if len(w) != 3 {
			continue
		}
		o := op{verb: w[0]}
		o.end, _ = strconv.Atoi(w[1])
		o.n, _ = strconv.Atoi(w[2])
		switch o.verb {
		case "script":
			os.Stdout.WriteString(line + "\n")
			ops = nil
			run = serial
			if o.n == 1 {
				run = concurrent
			}
		case "end":
			run(ln, ops)
		default:
			ops = append(ops, o)
		}
	}
	ln.Close()
}
