// Ports src/runtime/print.go of go1.20.

using System.Text;

namespace golang;

public static partial class runtime
{
    // PORT(print): in Go print and println are built in and the compiler calls one function of
    // this file per argument. Here printarg holds an argument and its kind, and print and
    // println make the same calls. Floats, complex numbers, slices and interfaces are left out
    // (nothing prints them), and so are the ring of printed text that is kept for core dumps
    // (printBacklog, recordForPanic) and hexdumpWords. Printing allocates.

    // An argument of print or println. A class, and the arguments an array, for speed where
    // nothing is printed: a span of structs would be a local of the function that prints, and
    // cleared on each call of it (176 bytes in wirep).
    internal sealed class printarg
    {
        internal enum kindOf : uint8
        {
            @bool,
            @int,
            @uint,
            hex,
            pointer,
            @string,
        }

        internal readonly kindOf kind;
        internal readonly uint64 v;
        internal readonly string? s;

        internal printarg(kindOf kind, uint64 v)
        {
            this.kind = kind;
            this.v = v;
        }

        internal printarg(string? s)
        {
            kind = kindOf.@string;
            this.s = s;
        }

        public static implicit operator printarg(string? s) => new(s);

        public static implicit operator printarg(bool v) => new(kindOf.@bool, v ? 1u : 0u);

        public static implicit operator printarg(int8 v) => new(kindOf.@int, (uint64)(int64)v);

        public static implicit operator printarg(int16 v) => new(kindOf.@int, (uint64)(int64)v);

        public static implicit operator printarg(int32 v) => new(kindOf.@int, (uint64)(int64)v);

        public static implicit operator printarg(int64 v) => new(kindOf.@int, (uint64)v);

        public static implicit operator printarg(uint8 v) => new(kindOf.@uint, v);

        public static implicit operator printarg(uint16 v) => new(kindOf.@uint, v);

        public static implicit operator printarg(uint32 v) => new(kindOf.@uint, v);

        public static implicit operator printarg(uint64 v) => new(kindOf.@uint, v);

        public static implicit operator printarg(uintptr v) => new(kindOf.@uint, v);

        public static unsafe implicit operator printarg(void* v) => new(kindOf.pointer, (uintptr)v);
    }

    // hex(v) is PORT(print): printed in hexadecimal, as a value of Go's type hex.
    internal static printarg hex(uint64 v) => new(printarg.kindOf.hex, v);

    internal static readonly unsafe mutex* debuglock = @new<mutex>();

    // A print or println statement is one printlock, the calls for its arguments, and one
    // printunlock. Some of these print in turn, and a thread may crash while it prints and has
    // to print about that. So a thread may take the print lock again.

    internal static unsafe void printlock()
    {
        m* mp = getg()->m;
        mp->locks++; // no rescheduling between printlock++ and lock(debuglock)
        mp->printlock++;
        if (mp->printlock == 1)
        {
            @lock(debuglock);
        }

        mp->locks--; // debuglock is held now and keeps mp.locks up for us
    }

    internal static unsafe void printunlock()
    {
        m* mp = getg()->m;
        mp->printlock--;
        if (mp->printlock == 0)
        {
            unlock(debuglock);
        }
    }

    // To standard error, or to the buffer that runtime.Stack has set.
    internal static unsafe void gwrite(ReadOnlySpan<byte> b)
    {
        if (b.Length == 0)
        {
            return;
        }
        // PORT(print): recordForPanic, whose backlog is for core dumps
        var gp = getg();
        // Not to the buffer when the M is dying: what is printed then shall be seen on the
        // terminal.
        if (gp == null || gp->writebuf.array == null || gp->m->dying > 0)
        {
            writeErr(b);
            return;
        }

        // PORT(slice): n = copy(...)
        var n = Math.Min(b.Length, gp->writebuf.cap - gp->writebuf.len);
        b[..n].CopyTo(new Span<byte>(gp->writebuf.array + gp->writebuf.len, n));
        gp->writebuf.len += n; // PORT(slice)
    }

    internal static void printsp()
    {
        printstring(" ");
    }

    internal static void printnl()
    {
        printstring("\n");
    }

    internal static void printbool(bool v)
    {
        if (v)
        {
            printstring("true");
        }
        else
        {
            printstring("false");
        }
    }

    internal static void printuint(uint64 v)
    {
        Span<byte> buf = stackalloc byte[100];
        int i = buf.Length;
        for (i--; i > 0; i--)
        {
            buf[i] = (byte)(v % 10 + '0');
            if (v < 10)
            {
                break;
            }

            v /= 10;
        }

        gwrite(buf[i..]);
    }

    internal static void printint(int64 v)
    {
        if (v < 0)
        {
            printstring("-");
            v = -v;
        }

        printuint((uint64)v);
    }

    internal static int minhexdigits = 0; // protected by printlock

    internal static void printhex(uint64 v)
    {
        ReadOnlySpan<byte> dig = "0123456789abcdef"u8;
        Span<byte> buf = stackalloc byte[100];
        int i = buf.Length;
        for (i--; i > 0; i--)
        {
            buf[i] = dig[(int)(v % 16)];
            if (v < 16 && buf.Length - i >= minhexdigits)
            {
                break;
            }

            v /= 16;
        }

        i--;
        buf[i] = (byte)'x';
        i--;
        buf[i] = (byte)'0';
        gwrite(buf[i..]);
    }

    internal static unsafe void printpointer(void* p)
    {
        printhex((uintptr)p);
    }

    internal static void printuintptr(uintptr p)
    {
        printhex(p);
    }

    // PORT(utf16)
    internal static void printstring(string? s)
    {
        if (s == null)
        {
            return;
        }

        // A string of Go's is UTF-8.
        Span<byte> buf = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(s, buf, out int n))
        {
            gwrite(Encoding.UTF8.GetBytes(s));
            return;
        }

        gwrite(buf[..n]);
    }

    // PORT(print)
    internal static unsafe void printone(printarg a)
    {
        switch (a.kind)
        {
            case printarg.kindOf.@bool:
                printbool(a.v != 0);
                break;
            case printarg.kindOf.@int:
                printint((int64)a.v);
                break;
            case printarg.kindOf.@uint:
                printuint(a.v);
                break;
            case printarg.kindOf.hex:
                printhex(a.v);
                break;
            case printarg.kindOf.pointer:
                printpointer((void*)a.v);
                break;
            case printarg.kindOf.@string:
                printstring(a.s);
                break;
        }
    }

    // Go's builtin print, PORT(print): the arguments one after the other.
    internal static void print(params printarg[] args)
    {
        printlock();
        foreach (var a in args)
        {
            printone(a);
        }

        printunlock();
    }

    // Go's builtin println, PORT(print): a space between the arguments, a newline at the end.
    internal static void println(params printarg[] args)
    {
        printlock();
        for (int i = 0; i < args.Length; i++)
        {
            if (i != 0)
            {
                printsp();
            }

            printone(args[i]);
        }

        printnl();
        printunlock();
    }
}
