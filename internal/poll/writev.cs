// Ports src/internal/poll/writev.go of go1.20.

using System.Buffers;
using System.Collections.Generic;

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        /// <summary>
        /// Writev writes all buffers of v in their order, with writev, and removes from v what it has
        /// written. Waits and fails as <see cref="Write"/> does. Returns the number of bytes written.
        /// (src/internal/poll/writev.go)
        /// </summary>
        // PORT(slice): *[][]byte is a StrongBox, the variable, that holds a Memory, the slice.
        public async go<(int64 n, error? err)> Writev(StrongBox<Memory<Memory<byte>>> v)
        {
            if (await writeLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, err1);
                }

                // PORT(goos): 16 on AIX and Solaris is left out.
                // The limit is IOV_MAX, which is 1024 on Linux; sysconf is not asked for it.
                var maxVec = 1024;

                int64 n = 0;
                error? err = null;
                while (v.Value.Length > 0)
                {
                    uintptr wrote;
                    unsafe
                    {
                        iovecs ??= new List<syscall.Iovec>(); // cache
                        iovecs.Clear();
                        pins ??= new List<MemoryHandle>();
                        try
                        {
                            foreach (var chunk in v.Value.Span)
                            {
                                if (chunk.Length == 0)
                                {
                                    continue;
                                }
                                // PORT(pin): the buffer must stay where it is until the system call is done.
                                var pin = chunk.Pin();
                                pins.Add(pin);
                                var iovec = newIovecWithBase((byte*)pin.Pointer);
                                if (IsStream && chunk.Length > 1 << 30)
                                {
                                    iovec.SetLen(1 << 30);
                                    iovecs.Add(iovec);
                                    break; // the rest of the chunk goes with the next writev
                                }
                                iovec.SetLen(chunk.Length);
                                iovecs.Add(iovec);
                                if (iovecs.Count == maxVec)
                                {
                                    break;
                                }
                            }
                            if (iovecs.Count == 0)
                            {
                                break;
                            }

                            (wrote, err) = writev(Sysfd, CollectionsMarshal.AsSpan(iovecs));
                        }
                        finally
                        {
                            foreach (var pin in pins)
                            {
                                pin.Dispose();
                            }
                            pins.Clear();
                        }
                    }
                    if (wrote == ~(uintptr)0)
                    {
                        wrote = 0;
                    }
                    TestHookDidWritev((int)wrote);
                    n += (int64)wrote;
                    consume(v, (int64)wrote);
                    CollectionsMarshal.AsSpan(iovecs).Clear();
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        if (err == syscall.EAGAIN)
                        {
                            if ((err = await pd.waitWrite(isFile)) == null)
                            {
                                continue;
                            }
                        }
                        break;
                    }
                    if (n == 0)
                    {
                        err = io.ErrUnexpectedEOF;
                        break;
                    }
                }
                return (n, err);
            }
            finally
            {
                writeUnlock();
            }
        }
    }
}
