// Ports src/os/error_errno.go of go1.20.

global using syscallErrorType = golang.syscall.Errno;
