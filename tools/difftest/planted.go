// Command planted is a small server and client whose argument plants a difference: difftest's tests
// run it against itself and expect that each is reported.
package main

import (
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

func main() {
	plant := os.Args[1]
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	done := make(chan bool)
	go func() {
		c, err := ln.Accept()
		if err != nil {
			panic(err)
		}
		io.Copy(c, c)
		c.Close()
		done <- true
	}()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		panic(err)
	}
	c := conn.(*net.TCPConn)
	// The order of two calls.
	if plant == "order" {
		c.SetKeepAlive(true)
		c.SetNoDelay(false)
	} else {
		c.SetNoDelay(false)
		c.SetKeepAlive(true)
	}
	// A size, with the same bytes in the end.
	if plant == "size" {
		c.Write([]byte("he"))
		c.Write([]byte("llo"))
	} else {
		c.Write([]byte("hello"))
	}
	b := make([]byte, 5)
	io.ReadFull(c, b)
	// A byte of the transcript, on either stream.
	if plant == "byte" {
		b[4] = 'a'
	}
	os.Stdout.Write(append(b, '\n'))
	if plant == "stderr" {
		os.Stderr.WriteString("Hello\n")
	} else {
		os.Stderr.WriteString("hello\n")
	}
	raw, err := c.SyscallConn()
	if err != nil {
		panic(err)
	}
	raw.Control(func(fd uintptr) {
		// An errno: EINVAL or ENOPROTOOPT.
		if plant == "errno" {
			syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE, -1)
		} else {
			syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE, 0x7fffffff)
		}
		// Reads that find nothing, again and again.
		if plant == "loop" {
			for i := 0; i < 50; i++ {
				syscall.Read(int(fd), b)
			}
		}
	})
	// A descriptor that is not closed, or that nobody else has.
	if plant != "leak" {
		c.Close()
	} else {
		c.CloseWrite()
	}
	if plant == "socket" {
		socket(syscall.SOCK_DGRAM | syscall.SOCK_CLOEXEC)
	}
	// A flag.
	if plant == "flag" {
		socket(syscall.SOCK_STREAM)
	} else {
		socket(syscall.SOCK_STREAM | syscall.SOCK_CLOEXEC)
	}
	<-done
	if plant == "hang" {
		time.Sleep(time.Hour)
	}
	if plant == "status" {
		os.Exit(3)
	}
}

func socket(typ int) {
	s, err := syscall.Socket(syscall.AF_INET, typ, 0)
	if err != nil {
		panic(err)
	}
	syscall.Close(s)
}
