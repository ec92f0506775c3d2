// Ports src/io/io.go of go1.20.

using System.Text;

namespace golang;

/// <summary>
/// Package io: the interfaces of reading and writing and the functions over them. Whatever implements them,
/// do not take it to be safe for several goroutines at a time unless it says so. Ports src/io.
/// </summary>
public static partial class io
{
    // What Seek's whence can be.

    /// <summary>Relative to the start of the file.</summary>
    public const int SeekStart = 0;

    /// <summary>Relative to the current offset.</summary>
    public const int SeekCurrent = 1;

    /// <summary>Relative to the end of the file.</summary>
    public const int SeekEnd = 2;

    /// <summary>A write took fewer bytes than it was given and gave no error for it.</summary>
    public static readonly error ErrShortWrite = errors.New("short write");

    // errInvalidWrite: a write gave a count that cannot be.
    internal static readonly error errInvalidWrite = errors.New("invalid write result");

    /// <summary>A read needs a longer buffer than it was given.</summary>
    public static readonly error ErrShortBuffer = errors.New("short buffer");

    /// <summary>
    /// There is no more input, and that is as it should be. Read returns this object itself, not an error that
    /// wraps it, as callers compare. Input that ends in the midst of something is ErrUnexpectedEOF or an error
    /// that says more.
    /// </summary>
    public static readonly error EOF = errors.New("EOF");

    /// <summary>The input ended in the middle of a block of a fixed size or of a structure.</summary>
    public static readonly error ErrUnexpectedEOF = errors.New("unexpected EOF");

    /// <summary>Many calls to Read gave neither data nor an error: mostly the sign of a broken Reader.</summary>
    public static readonly error ErrNoProgress = errors.New("multiple Read calls return no data or error");

    /// <summary>What can be read from. Ports src/io/io.go.</summary>
    public interface Reader
    {
        /// <summary>
        /// Reads up to p.Length bytes into p. It gives what there is rather than wait for more, and may use all
        /// of p as scratch space. The end of the input is EOF, either with the last bytes or on the next call
        /// with n = 0; so look at the n bytes first and at err then. 0 without an error for a p that is not
        /// empty is discouraged and does not mean the end. p must not be kept.
        /// </summary>
        /// <param name="p">Where the bytes go.</param>
        go<(int n, error? err)> Read(Memory<byte> p);
    }

    /// <summary>What can be written to. Ports src/io/io.go.</summary>
    public interface Writer
    {
        /// <summary>
        /// Writes the bytes of p. n is how many were written; an n less than p.Length comes with an error.
        /// p must be neither changed, even for a while, nor kept.
        /// </summary>
        /// <param name="p">The bytes.</param>
        go<(int n, error? err)> Write(Memory<byte> p);
    }

    /// <summary>What can be closed. What a second Close does is not defined here. Ports src/io/io.go.</summary>
    public interface Closer
    {
        /// <summary>Closes.</summary>
        go<error?> Close();
    }

    /// <summary>What has an offset. Ports src/io/io.go.</summary>
    public interface Seeker
    {
        /// <summary>
        /// Sets the offset of the next Read or Write and gives the new one, counted from the start. An offset
        /// before the start is an error; one past the end is not.
        /// </summary>
        /// <param name="offset">The offset, in bytes.</param>
        /// <param name="whence">SeekStart, SeekCurrent or SeekEnd.</param>
        (int64, error?) Seek(int64 offset, int whence);
    }

    /// <summary>Reader and Writer.</summary>
    public interface ReadWriter : Reader, Writer
    {
    }

    /// <summary>Reader and Closer.</summary>
    public interface ReadCloser : Reader, Closer
    {
    }

    /// <summary>Writer and Closer.</summary>
    public interface WriteCloser : Writer, Closer
    {
    }

    /// <summary>Reader, Writer and Closer.</summary>
    public interface ReadWriteCloser : Reader, Writer, Closer
    {
    }

    /// <summary>Reader and Seeker.</summary>
    public interface ReadSeeker : Reader, Seeker
    {
    }

    /// <summary>Reader, Seeker and Closer.</summary>
    public interface ReadSeekCloser : Reader, Seeker, Closer
    {
    }

    /// <summary>Writer and Seeker.</summary>
    public interface WriteSeeker : Writer, Seeker
    {
    }

    /// <summary>Reader, Writer and Seeker.</summary>
    public interface ReadWriteSeeker : Reader, Writer, Seeker
    {
    }

    /// <summary>What can read all of a Reader by itself; Copy uses it. Ports src/io/io.go.</summary>
    public interface ReaderFrom
    {
        /// <summary>Reads from r until EOF or an error; EOF is not returned.</summary>
        /// <param name="r">The source.</param>
        go<(int64 n, error? err)> ReadFrom(Reader r);
    }

    /// <summary>What can write all of itself to a Writer; Copy uses it. Ports src/io/io.go.</summary>
    public interface WriterTo
    {
        /// <summary>Writes to w until there is no more or an error occurs.</summary>
        /// <param name="w">The destination.</param>
        go<(int64 n, error? err)> WriteTo(Writer w);
    }

    /// <summary>What can be read at an offset. Ports src/io/io.go.</summary>
    public interface ReaderAt
    {
        /// <summary>
        /// Reads p.Length bytes at off. Stricter than Read: it waits until all are there, and fewer come with an
        /// error. It neither uses nor moves the seek offset, and calls may run at the same time.
        /// </summary>
        /// <param name="p">Where the bytes go.</param>
        /// <param name="off">The offset, in bytes.</param>
        go<(int n, error? err)> ReadAt(Memory<byte> p, int64 off);
    }

    /// <summary>What can be written at an offset. Ports src/io/io.go.</summary>
    public interface WriterAt
    {
        /// <summary>
        /// Writes the bytes of p at off; fewer come with an error. It neither uses nor moves the seek offset,
        /// and calls on ranges that do not overlap may run at the same time.
        /// </summary>
        /// <param name="p">The bytes.</param>
        /// <param name="off">The offset, in bytes.</param>
        go<(int n, error? err)> WriteAt(Memory<byte> p, int64 off);
    }

    /// <summary>What writes strings itself. Ports src/io/io.go.</summary>
    public interface StringWriter
    {
        /// <summary>Writes s; n counts bytes.</summary>
        /// <param name="s">The string; it is written as UTF-8.</param>
        go<(int n, error? err)> WriteString(string s);
    }

    /// <summary>
    /// Writes s to w: by w's own WriteString when it is a StringWriter, else by one call of Write.
    /// Ports src/io/io.go.
    /// </summary>
    /// <param name="w">The destination.</param>
    /// <param name="s">The string; it is written as UTF-8, and n counts bytes.</param>
    public static go<(int n, error? err)> WriteString(Writer w, string s)
    {
        if (w is StringWriter sw)
        {
            return sw.WriteString(s);
        }
        return w.Write(Encoding.UTF8.GetBytes(s));
    }

    /// <summary>
    /// Reads from r into buf until at least min bytes are there. n &gt;= min exactly when there is no error.
    /// Errors: EOF when nothing was read, ErrUnexpectedEOF when less than min was, ErrShortBuffer when buf is
    /// shorter than min. An error of r that comes after min bytes is dropped. Ports src/io/io.go.
    /// </summary>
    /// <param name="r">The source.</param>
    /// <param name="buf">Where the bytes go.</param>
    /// <param name="min">How many are needed.</param>
    public static async go<(int n, error? err)> ReadAtLeast(Reader r, Memory<byte> buf, int min)
    {
        var n = 0;
        error? err = null;
        if (buf.Length < min)
        {
            return (0, ErrShortBuffer);
        }
        while (n < min && err == null)
        {
            int nn;
            (nn, err) = await r.Read(buf[n..]);
            n += nn;
        }
        if (n >= min)
        {
            err = null;
        }
        else if (n > 0 && err == EOF)
        {
            err = ErrUnexpectedEOF;
        }
        return (n, err);
    }

    /// <summary>
    /// Reads from r until buf is full: ReadAtLeast with min = buf.Length. Ports src/io/io.go.
    /// </summary>
    /// <param name="r">The source.</param>
    /// <param name="buf">Where the bytes go.</param>
    public static go<(int n, error? err)> ReadFull(Reader r, Memory<byte> buf)
    {
        return ReadAtLeast(r, buf, buf.Length);
    }

    /// <summary>
    /// Copies n bytes from src to dst, fewer only with an error: the first one met, EOF when src ended.
    /// When dst is a ReaderFrom, it does the copying. Ports src/io/io.go.
    /// </summary>
    /// <param name="dst">The destination.</param>
    /// <param name="src">The source.</param>
    /// <param name="n">How many bytes.</param>
    public static async go<(int64 written, error? err)> CopyN(Writer dst, Reader src, int64 n)
    {
        var (written, err) = await Copy(dst, LimitReader(src, n));
        if (written == n)
        {
            return (n, null);
        }
        if (written < n && err == null)
        {
            // src stopped early: its end
            err = EOF;
        }
        return (written, err);
    }

    /// <summary>
    /// Copies from src to dst until EOF or an error, and gives the bytes copied and the first error. EOF is not
    /// an error here. When src is a WriterTo it does the copying, else when dst is a ReaderFrom it does.
    /// Ports src/io/io.go.
    /// </summary>
    /// <param name="dst">The destination.</param>
    /// <param name="src">The source.</param>
    public static go<(int64 written, error? err)> Copy(Writer dst, Reader src)
    {
        return copyBuffer(dst, src, null);
    }

    /// <summary>
    /// Copy through the given buffer, when one is needed, instead of a new one. Panics when buf is there but
    /// empty. Ports src/io/io.go.
    /// </summary>
    /// <param name="dst">The destination.</param>
    /// <param name="src">The source.</param>
    /// <param name="buf">The buffer, or null for a new one.</param>
    public static go<(int64 written, error? err)> CopyBuffer(Writer dst, Reader src, Memory<byte>? buf)
    {
        if (buf != null && buf.Value.Length == 0)
        {
            builtin.panic("empty buffer in CopyBuffer");
        }
        return copyBuffer(dst, src, buf);
    }

    // copyBuffer does the work of Copy and CopyBuffer. Without a buf it makes one.
    internal static async go<(int64 written, error? err)> copyBuffer(Writer dst, Reader src, Memory<byte>? buf)
    {
        int64 written = 0;
        error? err = null;
        // A reader with WriteTo copies by itself: that saves a buffer and a copy.
        if (src is WriterTo wt)
        {
            return await wt.WriteTo(dst);
        }
        // So does a writer with ReadFrom.
        if (dst is ReaderFrom rt)
        {
            return await rt.ReadFrom(src);
        }
        if (buf == null)
        {
            var size = 32 * 1024;
            if (src is LimitedReader l && size > l.N)
            {
                if (l.N < 1)
                {
                    size = 1;
                }
                else
                {
                    size = (int)l.N;
                }
            }
            buf = new byte[size];
        }
        var b = buf.Value;
        for (; ; )
        {
            var (nr, er) = await src.Read(b);
            if (nr > 0)
            {
                var (nw, ew) = await dst.Write(b[0..nr]);
                if (nw < 0 || nr < nw)
                {
                    nw = 0;
                    if (ew == null)
                    {
                        ew = errInvalidWrite;
                    }
                }
                written += nw;
                if (ew != null)
                {
                    err = ew;
                    break;
                }
                if (nr != nw)
                {
                    err = ErrShortWrite;
                    break;
                }
            }
            if (er != null)
            {
                if (er != EOF)
                {
                    err = er;
                }
                break;
            }
        }
        return (written, err);
    }

    /// <summary>Gives a Reader, a LimitedReader, that reads from r and ends with EOF after n bytes. Ports src/io/io.go.</summary>
    /// <param name="r">The source.</param>
    /// <param name="n">How many bytes.</param>
    public static Reader LimitReader(Reader r, int64 n)
    {
        return new LimitedReader(r, n);
    }

    /// <summary>
    /// Reads from R, but no more than N bytes: each Read takes what it read from N, and at N &lt;= 0 it gives
    /// EOF. Ports src/io/io.go.
    /// </summary>
    public sealed class LimitedReader(Reader r, int64 n) : Reader
    {
        /// <summary>The reader underneath.</summary>
        public Reader R = r;

        /// <summary>How many bytes are left.</summary>
        public int64 N = n;

        /// <summary>Reads up to the lesser of p.Length and N bytes.</summary>
        /// <param name="p">Where the bytes go.</param>
        public async go<(int n, error? err)> Read(Memory<byte> p)
        {
            if (N <= 0)
            {
                return (0, EOF);
            }
            if (p.Length > N)
            {
                p = p[0..(int)N];
            }
            var (n, err) = await R.Read(p);
            N -= n;
            return (n, err);
        }
    }

    /// <summary>A Writer that takes everything and does nothing with it.</summary>
    public static readonly Writer Discard = new discard();

    // discard is a ReaderFrom too, so that copying to Discard does no needless work.
    internal sealed class discard : Writer, StringWriter, ReaderFrom
    {
        public async go<(int n, error? err)> Write(Memory<byte> p)
        {
            return (p.Length, null);
        }

        public async go<(int n, error? err)> WriteString(string s)
        {
            return (Encoding.UTF8.GetByteCount(s), null); // PORT(utf16)
        }

        // PORT(blackHolePool): a new buffer for each call, where Go keeps them in a sync.Pool.
        public async go<(int64 n, error? err)> ReadFrom(Reader r)
        {
            int64 n = 0;
            Memory<byte> bufp = new byte[8192];
            for (; ; )
            {
                var (readSize, err) = await r.Read(bufp);
                n += readSize;
                if (err != null)
                {
                    if (err == EOF)
                    {
                        return (n, null);
                    }
                    return (n, err);
                }
            }
        }
    }

    /// <summary>
    /// Reads from r until EOF or an error and gives what it read; EOF is not an error here.
    /// Ports src/io/io.go.
    /// </summary>
    /// <param name="r">The source.</param>
    public static async go<(Memory<byte> b, error? err)> ReadAll(Reader r)
    {
        var b = new byte[512];
        var len = 0;
        for (; ; )
        {
            if (len == b.Length)
            {
                // PORT(append): Go lets append choose the new capacity; here it doubles.
                Array.Resize(ref b, 2 * b.Length);
            }
            var (n, err) = await r.Read(b.AsMemory(len));
            len += n; // PORT(append): the length of b
            if (err != null)
            {
                if (err == EOF)
                {
                    err = null;
                }
                return (b.AsMemory(0, len), err);
            }
        }
    }
}
