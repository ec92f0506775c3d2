// Command echo is a TCP echo server with one goroutine per connection.
// main.cs beside this file is the same program.
package main

import (
	"io"
	"net"
	"os"
	"time"
)

func worker(conn net.Conn) {
	defer conn.Close()
	b := make([]byte, 512)
	for {
		size, err := conn.Read(b)
		if err == io.EOF {
			break
		}
		if err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			break
		}
		size, err = conn.Write(b[0:size])
		if err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			break
		}
	}
}

func main() {
	addr := "127.0.0.1:8080"
	if len(os.Args) > 1 {
		if len(os.Args) != 3 || os.Args[1] != "-addr" {
			os.Stderr.WriteString("usage: echo [-addr host:port]\n")
			os.Exit(2)
		}
		addr = os.Args[2]
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	os.Stdout.WriteString("listening on " + listener.Addr().String() + "\n")
	for {
		conn, err := listener.Accept()
		if err != nil {
			// Out of descriptors, most likely: go on when there are some again.
			os.Stderr.WriteString(err.Error() + "\n")
			time.Sleep(10 * time.Millisecond)
			continue
		}
		go worker(conn)
	}
}
