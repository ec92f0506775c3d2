// Ports the programs of test/chan of go1.20 that are about what channels and select do; others there
// are about syntax. As Go's, each runs in a process of its own and ends well or panics.
using System.Collections.Generic;
using static golang.builtin;

namespace golang;

public class testchan_test
{
    [TestCase("doubleselect")]
    [TestCase("fifo")]
    [TestCase("goroutines")]
    [TestCase("nonblock")]
    [TestCase("powser1")]
    [TestCase("select")]
    [TestCase("select2")]
    [TestCase("select3")]
    [TestCase("select4")]
    [TestCase("select6")]
    [TestCase("select7")]
    [TestCase("sieve1")]
    [TestCase("zerosize")]
    public void TestChanProg(string name)
    {
        Assert.That(testprog.runTestProg(name), Is.EqualTo(("", 0)));
    }

    internal static readonly Dictionary<string, Func<go>> cmds = new()
    {
        ["doubleselect"] = doubleselect.main,
        ["fifo"] = fifo.main,
        ["goroutines"] = goroutines.main,
        ["nonblock"] = nonblock.main,
        ["powser1"] = powser1.main,
        ["select"] = select1.main,
        ["select2"] = select2.main,
        ["select3"] = select3.main,
        ["select4"] = select4.main,
        ["select6"] = select6.main,
        ["select7"] = select7.main,
        ["sieve1"] = sieve1.main,
        ["zerosize"] = zerosize.main,
    };

    // Two cases of one select must not both run. See codereview.appspot.com/180068.
    private static class doubleselect
    {
        private const int iterations = 100000;

        // sender sends a counter to one of four channels. If two cases of a
        // select were done, the same number would go to two of
        // them.
        private static async go sender(int n, chan<int> c1, chan<int> c2, chan<int> c3, chan<int> c4)
        {
            for (var i = 0; i < n; i++)
            {
                await select(c1.sendcase(i), c2.sendcase(i), c3.sendcase(i), c4.sendcase(i));
            }
            c4.Close();
            c3.Close();
            c2.Close();
            c1.Close();
        }

        // mux sends on what it receives.
        // With one channel in all of sender's cases it would not
        // be needed, but nothing would go wrong either.
        private static async go mux(chan<int> @out, chan<int> @in, chan<bool> done)
        {
            while (await @in.Recv2() is (var v, true))
            {
                await @out.Send(v);
            }
            await done.Send(true);
        }

        // recver sees all numbers, each once.
        private static async go recver(chan<int> @in)
        {
            var seen = new HashSet<int>();

            while (await @in.Recv2() is (var v, true))
            {
                if (!seen.Add(v))
                {
                    runtime.println("got duplicate value: ", v);
                    panic("fail");
                }
            }
        }

        internal static async go main()
        {
            await runtime.GOMAXPROCS(2);

            var c1 = makechan<int>();
            var c2 = makechan<int>();
            var c3 = makechan<int>();
            var c4 = makechan<int>();
            var done = makechan<bool>();
            var cmux = makechan<int>();
            builtin.go(() => sender(iterations, c1, c2, c3, c4));
            builtin.go(() => mux(cmux, c1, done));
            builtin.go(() => mux(cmux, c2, done));
            builtin.go(() => mux(cmux, c3, done));
            builtin.go(() => mux(cmux, c4, done));
            builtin.go(async () =>
            {
                await done.Recv();
                await done.Recv();
                await done.Recv();
                await done.Recv();
                cmux.Close();
            });
            // What it was written for showed as a throw, "bad g->status in ready";
            // recver may find other things.
            await recver(cmux);
        }
    }

    // Channels are queues.
    private static class fifo
    {
        private const int N = 10;

        private static async go AsynchFifo()
        {
            var ch = makechan<int>(N);
            for (var i = 0; i < N; i++)
            {
                await ch.Send(i);
            }
            for (var i = 0; i < N; i++)
            {
                if (await ch.Recv() != i)
                {
                    runtime.print("bad receive\n");
                    runtime.exit(1);
                }
            }
        }

        private static async go Chain(chan<int> ch, int val, chan<int> @in, chan<int> @out)
        {
            await @in.Recv();
            if (await ch.Recv() != val)
            {
                panic(val);
            }
            await @out.Send(1);
        }

        // A chain of goroutines, of which each receives one element when the one before has done so.
        private static async go SynchFifo()
        {
            var ch = makechan<int>();
            var @in = makechan<int>();
            var start = @in;
            for (var i = 0; i < N; i++)
            {
                var (val, last) = (i, @in);
                var @out = makechan<int>();
                builtin.go(() => Chain(ch, val, last, @out));
                @in = @out;
            }
            await start.Send(0);
            for (var i = 0; i < N; i++)
            {
                await ch.Send(i);
            }
            await @in.Recv();
        }

        internal static async go main()
        {
            await AsynchFifo();
            await SynchFifo();
        }
    }

    // Many goroutines, one behind the other, all of which come to an end.
    private static class goroutines
    {
        private static async go f(chan<int> left, chan<int> right)
        {
            await left.Send(await right.Recv());
        }

        internal static async go main()
        {
            const int n = 10000;
            var leftmost = makechan<int>();
            var right = leftmost;
            var left = leftmost;
            for (var i = 0; i < n; i++)
            {
                right = makechan<int>();
                var (l, r) = (left, right);
                builtin.go(() => f(l, r));
                left = right;
            }
            builtin.go(() => right.Send(1));
            await leftmost.Recv();
        }
    }

    // Operations that must not wait, for elements of several types and sizes.
    private static class nonblock
    {
        private static async go receiver<T>(chan<T> c, T want, chan<bool> strobe)
        {
            if (!EqualityComparer<T>.Default.Equals(await c.Recv(), want))
            {
                panic(typeof(T).Name + " value");
            }
            await strobe.Send(true);
        }

        private static async go sender<T>(chan<T> c, T v, chan<bool> strobe)
        {
            await c.Send(v);
            await strobe.Send(true);
        }

        private static readonly chan<time.Time>? ticker = time.Tick(10 * 1000); // 10 us

        private static async go sleep()
        {
            await ticker.Recv();
            await ticker.Recv();
            await runtime.Gosched();
            await runtime.Gosched();
            await runtime.Gosched();
        }

        // PORT(test): a hundred times Go's, which has a limit of 100 ms.
        private const int maxTries = 1000000;

        internal static async go main()
        {
            var sync = makechan<bool>();

            for (var buffer = 0; buffer < 2; buffer++)
            {
                var c32 = makechan<int32>(buffer);
                var c64 = makechan<int64>(buffer);
                var cb = makechan<bool>(buffer);
                var cs = makechan<string>(buffer);

                if (await select(c32.recvcase(), defaultcase) == 0)
                {
                    panic("blocked i32sender");
                }

                if (await select(c64.recvcase(), defaultcase) == 0)
                {
                    panic("blocked i64sender");
                }

                if (await select(cb.recvcase(), defaultcase) == 0)
                {
                    panic("blocked bsender");
                }

                if (await select(cs.recvcase(), defaultcase) == 0)
                {
                    panic("blocked ssender");
                }

                await each(c32, 123, 234);
                await each(c64, 123456L, 234567L);
                await each(cb, true, true);
                await each(cs, "hello", "hello again");
            }

            // Go has this four times, for the four types.
            async go each<T>(chan<T> c, T v1, T v2)
            {
                builtin.go(() => receiver(c, v1, sync));
                var @try = 0;
                while (await select(c.sendcase(v1), defaultcase) == 1)
                {
                    @try++;
                    if (@try > maxTries)
                    {
                        runtime.println("receiver buffer=", c.cap);
                        panic("fail");
                    }
                    await sleep();
                }
                await sync.Recv();

                builtin.go(() => sender(c, v2, sync));
                if (c.cap > 0)
                {
                    await sync.Recv();
                }
                @try = 0;
                var r = c.recvcase();
                while (await select(r, defaultcase) == 1)
                {
                    @try++;
                    if (@try > maxTries)
                    {
                        runtime.println("sender buffer=", c.cap);
                        panic("fail");
                    }
                    await sleep();
                }
                if (!EqualityComparer<T>.Default.Equals(r.v, v2))
                {
                    panic(typeof(T).Name + " sender value");
                }
                if (c.cap == 0)
                {
                    await sync.Recv();
                }
            }
        }
    }

    // select.go: a simple select.
    private static class select1
    {
        private static uint32 counter;
        private static uint32 shift;

        private static uint32 GetValue()
        {
            counter++;
            return 1u << (int)shift;
        }

        private static async go<int> Send(chan<uint32>? a, chan<uint32>? b)
        {
            var i = 0;

            for (; ; )
            {
                switch (await select(a.sendcase(GetValue()), b.sendcase(GetValue()), defaultcase))
                {
                    case 0:
                        i++;
                        a = null;
                        break;
                    case 1:
                        i++;
                        b = null;
                        break;
                    default:
                        return i;
                }
                shift++;
            }
        }

        internal static async go main()
        {
            var a = makechan<uint32>(1);
            var b = makechan<uint32>(1);
            if (await Send(a, b) is var v && v != 2)
            {
                runtime.println("Send returned", v, "!= 2");
                panic("fail");
            }
            var (av, bv) = (await a.Recv(), await b.Recv());
            if ((av | bv) != 3)
            {
                runtime.println("bad values", av, bv);
                panic("fail");
            }
            v = await Send(a, null);
            if (v != 1)
            {
                runtime.println("Send returned", v, "!= 1");
                panic("fail");
            }
            if (counter != 10)
            {
                runtime.println("counter is", counter, "!= 10");
                panic("fail");
            }
        }
    }

    // Selects leave nothing behind.
    private static class select2
    {
        private static async go sender(chan<int> c, int n)
        {
            for (var i = 0; i < n; i++)
            {
                await c.Send(1);
            }
        }

        private static async go receiver(chan<int> c, chan<int> dummy, int n)
        {
            for (var i = 0; i < n; i++)
            {
                if (await select(c.recvcase(), dummy.recvcase()) == 1)
                {
                    panic("dummy");
                }
            }
        }

        internal static async go main()
        {
            var c = makechan<int>();
            var dummy = makechan<int>();

            // for the first time
            builtin.go(() => sender(c, 100000));
            await receiver(c, dummy, 100000);
            await runtime.GC();
            // PORT(test): memstats.Alloc
            var alloc = GC.GetTotalMemory(false);

            // The second time there is not much that is new.
            builtin.go(() => sender(c, 100000));
            await receiver(c, dummy, 100000);
            await runtime.GC();
            var alloc2 = GC.GetTotalMemory(false);

            // It may also be less.
            if (alloc2 > alloc && alloc2 - alloc > 1.1e5)
            {
                runtime.println("BUG: too much memory for 100,000 selects:", alloc2 - alloc);
            }
        }
    }

    // What a select does with channels that are empty, full, nil or closed.
    private static class select3
    {
        private const string always = "function did not";
        private const string never = "function did";

        private static void unreachable() => panic("control flow shouldn't reach here");

        // Calls f, which always or never panics.
        private static async go testPanic(string signal, Func<go> f)
        {
            var s = never;
            try
            {
                await f();
            }
            catch (PanicException)
            {
                s = always; // f panicked
            }
            if (s != signal)
            {
                panic(signal + " panic");
            }
        }

        // Calls f, which always or never waits, as far as one can see.
        private static async go testBlock(string signal, Func<go> f)
        {
            var c = makechan<string>();
            builtin.go(async () =>
            {
                await f();
                await c.Send(never); // f did not wait
            });
            builtin.go(async () =>
            {
                if (signal == never)
                {
                    // So long that even a slow machine has called f by then.
                    await time.Sleep(10 * time.Second);
                }
                else
                {
                    // No longer than it takes for f
                    // to show itself, mostly.
                    await time.Sleep(10 * time.Millisecond);
                }
                await c.Send(always); // f waits still
            });
            if (await c.Recv() != signal)
            {
                panic(signal + " block");
            }
        }

        internal static async go main()
        {
            const int async_ = 1; // a channel with a buffer
            chan<int>? nilch = null;
            var closedch = makechan<int>();
            closedch.Close();

            // A nil channel has whoever uses it wait,
            await testBlock(always, () => nilch.Send(7));
            await testBlock(always, async () => await nilch.Recv());

            // and a select never takes a case of one.
            await testPanic(never, async () =>
            {
                if (await select(nilch.sendcase(7), defaultcase) == 0)
                {
                    unreachable();
                }
            });
            await testPanic(never, async () =>
            {
                if (await select(nilch.recvcase(), defaultcase) == 0)
                {
                    unreachable();
                }
            });

            // A send does not wait if there is room in the buffer.
            await testBlock(never, async () =>
            {
                var ch = makechan<int>(async_);
                await ch.Send(7);
            });

            // A receive from a closed channel never waits.
            await testBlock(never, async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    if (await closedch.Recv() != 0)
                    {
                        panic("expected zero value when reading from closed channel");
                    }
                    var (x, ok) = await closedch.Recv2();
                    if (x != 0 || ok)
                    {
                        runtime.println("closedch:", x, ok);
                        panic("expected 0, false from closed channel");
                    }
                }
            });

            // A send to a closed channel panics.
            await testPanic(always, () => closedch.Send(7));

            // A receive waits as long as there is nothing.
            await testBlock(always, async () =>
            {
                var ch = makechan<int>();
                await ch.Recv();
            });

            // A select without cases waits,
            await testBlock(always, async () => await select());

            // and so does one of nil channels,
            await testBlock(always, async () =>
            {
                await select(nilch.recvcase());
                unreachable();
            });
            await testBlock(always, async () =>
            {
                await select(nilch.sendcase(7));
                unreachable();
            });
            await testBlock(always, async () =>
            {
                await select(nilch.recvcase(), nilch.sendcase(7));
                unreachable();
            });

            // and one of channels that are not ready.
            await testBlock(always, async () =>
            {
                var ch = makechan<int>();
                await select(ch.recvcase());
                unreachable();
            });

            // With a default none waits,
            await testBlock(never, async () => await select(defaultcase));
            await testBlock(never, async () =>
            {
                if (await select(nilch.recvcase(), defaultcase) == 0)
                {
                    unreachable();
                }
            });
            await testBlock(never, async () =>
            {
                if (await select(nilch.sendcase(7), defaultcase) == 0)
                {
                    unreachable();
                }
            });

            // nor with a channel that is ready.
            await testBlock(never, async () =>
            {
                var ch = makechan<int>(async_);
                if (await select(ch.sendcase(7), defaultcase) == 1)
                {
                    unreachable();
                }
            });
            await testBlock(never, async () =>
            {
                var ch = makechan<int>(async_);
                await ch.Send(7);
                if (await select(ch.recvcase(), defaultcase) == 1)
                {
                    unreachable();
                }
            });

            // With a closed channel a select does what the operation does.
            await testBlock(never, async () => await select(closedch.recvcase()));
            await testBlock(never, async () =>
            {
                var x = closedch.recvcase();
                await select(x);
                _ = x.v;
            });
            await testBlock(never, async () =>
            {
                var x = closedch.recvcase();
                await select(x);
                _ = (x.v, x.ok);
            });
            await testPanic(always, async () => await select(closedch.sendcase(7)));

            // A select does not meet itself.
            await testBlock(always, async () =>
            {
                var c = makechan<int>();
                await select(c.sendcase(1), c.recvcase());
            });
        }
    }

    // A select takes the case that is ready, and touches nothing of the others.
    private static class select4
    {
        private static int[] f()
        {
            runtime.println("BUG: called f");
            return new int[1];
        }

        internal static async go main()
        {
            var a = 0;
            var c = makechan<int>(1);
            var c1 = makechan<int>();
            await c.Send(42);
            var (r1, r) = (c1.recvcase(), c.recvcase());
            switch (await select(r1, r))
            {
                case 0:
                    f()[0] = r1.v;
                    break;
                case 1:
                    a = r.v;
                    if (a != 42)
                    {
                        runtime.println("BUG:", a);
                    }
                    break;
            }
        }
    }

    // A select that is the last of several in a channel's queue leaves
    // the queue in order when it takes another case: whoever waits on
    // the channel afterwards is woken. Here c1 is that channel.
    // Go's issue 2075.
    private static class select6
    {
        internal static async go main()
        {
            var c1 = makechan<bool>();
            var c2 = makechan<bool>();
            var c3 = makechan<bool>();
            builtin.go(async () => await c1.Recv());
            builtin.go(async () =>
            {
                switch (await select(c1.recvcase(), c2.recvcase()))
                {
                    case 0:
                        panic("dummy");
                        break;
                    case 1:
                        await c3.Send(true);
                        break;
                }
                await c1.Recv();
            });
            builtin.go(() => c2.Send(true));
            await c3.Recv();
            await c1.Send(true);
            await c1.Send(true);
        }
    }

    // Receives whose value nobody wants.
    private static class select7
    {
        private static async go recv1(chan<int> c)
        {
            await c.Recv();
        }

        private static async go recv2(chan<int> c)
        {
            await select(c.recvcase());
        }

        private static async go recv3(chan<int> c)
        {
            var c2 = makechan<int>();
            await select(c.recvcase(), c2.recvcase());
        }

        private static async go send1(Func<chan<int>, go> recv)
        {
            var c = makechan<int>();
            builtin.go(() => recv(c));
            await runtime.Gosched();
            await c.Send(1);
        }

        private static async go send2(Func<chan<int>, go> recv)
        {
            var c = makechan<int>();
            builtin.go(() => recv(c));
            await runtime.Gosched();
            await select(c.sendcase(1));
        }

        private static async go send3(Func<chan<int>, go> recv)
        {
            var c = makechan<int>();
            builtin.go(() => recv(c));
            await runtime.Gosched();
            var c2 = makechan<int>();
            await select(c.sendcase(1), c2.sendcase(1));
        }

        internal static async go main()
        {
            await send1(recv1);
            await send2(recv1);
            await send3(recv1);
            await send1(recv2);
            await send2(recv2);
            await send3(recv2);
            await send1(recv3);
            await send2(recv3);
            await send3(recv3);
        }
    }

    // The primes up to 100 by a chain of goroutines, of which each lets pass
    // what its prime does not divide.
    private static class sieve1
    {
        // Sends 2, 3, 4, ...
        private static async go Generate(chan<int> ch)
        {
            for (var i = 2; ; i++)
            {
                await ch.Send(i);
            }
        }

        // Sends on what it receives,
        // but for multiples of prime.
        private static async go Filter(chan<int> @in, chan<int> @out, int prime)
        {
            while (await @in.Recv2() is (var i, true))
            {
                if (i % prime != 0)
                {
                    await @out.Send(i);
                }
            }
        }

        // The chain: what passes all filters is prime, and gets a filter of its own.
        private static async go Sieve(chan<int> primes)
        {
            var ch = makechan<int>();
            var ch0 = ch;
            builtin.go(() => Generate(ch0));
            for (; ; )
            {
                // another ch each time
                var prime = await ch.Recv();
                await primes.Send(prime);
                var (@in, ch1) = (ch, makechan<int>());
                builtin.go(() => Filter(@in, ch1, prime));
                ch = ch1;
            }
        }

        internal static async go main()
        {
            var primes = makechan<int>();
            builtin.go(() => Sieve(primes));
            int[] a = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];
            for (var i = 0; i < a.Length; i++)
            {
                if (await primes.Recv() is var x && x != a[i])
                {
                    runtime.println(x, " != ", a[i]);
                    panic("fail");
                }
            }
        }
    }

    // Power series: a series is a pair of channels on which its coefficients come on demand, as
    // rational numbers; a denominator of zero is the end. See Doug McIlroy, Squinting at Power
    // Series, https://swtch.com/~rsc/thread/squint.pdf
    // PORT(test): without the functions that main does not call
    private static class powser1
    {
        private readonly record struct rat(int64 num, int64 den); // numerator, denominator

        private sealed class dch
        {
            internal readonly chan<int> req = makechan<int>();
            internal readonly chan<rat> dat = makechan<rat>();
        }

        private static dch mkdch() => new();

        private static dch[] mkdch2() => [mkdch(), mkdch()];

        private static int seqno; // no two goroutines need different numbers

        // split puts what comes on one channel on two, which may be read at different
        // speeds. At the first demand a goroutine is started
        // for a rat, and ends when the rat has gone both ways.
        //
        // If there are several generations of them, the newest
        // serves the one channel, which is made out[0], and the oldest
        // the other, out[1]. All but the newest keep what has gone to
        // out[0] and is not yet wanted on out[1]; when it
        // is, the next younger one is told by its wait channel
        // that it is its turn on out[1].
        private static async go dosplit(dch @in, dch[] @out, chan<int> wait)
        {
            var both = false; // so far only one of the two

            switch (await select(@out[0].req.recvcase(), wait.recvcase()))
            {
                case 1:
                    both = true;
                    if (await select(@out[0].req.recvcase(), @out[1].req.recvcase()) == 1)
                    {
                        (@out[0], @out[1]) = (@out[1], @out[0]);
                    }
                    break;
            }

            seqno++;
            await @in.req.Send(seqno);
            var release = makechan<int>();
            builtin.go(() => dosplit(@in, @out, release));
            var dat = await @in.dat.Recv();
            await @out[0].dat.Send(dat);
            if (!both)
            {
                await wait.Recv();
            }
            await @out[1].req.Recv();
            await @out[1].dat.Send(dat);
            await release.Send(0);
        }

        private static async go split(dch @in, dch[] @out)
        {
            var release = makechan<int>();
            builtin.go(() => dosplit(@in, @out, release));
            await release.Send(0);
        }

        private static async go put(rat dat, dch @out)
        {
            await @out.req.Recv();
            await @out.dat.Send(dat);
        }

        private static async go<rat> get(dch @in)
        {
            seqno++;
            await @in.req.Send(seqno);
            return await @in.dat.Recv();
        }

        // One rat from each of n channels.
        private static async go<rat[]> getn(dch[] @in)
        {
            var n = @in.Length;
            if (n != 2)
            {
                panic("bad n in getn");
            }
            var req = new chan<int>?[2];
            var dat = new chan<rat>?[2];
            var @out = new rat[2];
            for (var i = 0; i < n; i++)
            {
                req[i] = @in[i].req;
                dat[i] = null;
            }
            for (n = 2 * n; n > 0; n--)
            {
                seqno++;

                var (dat0, dat1) = (dat[0].recvcase(), dat[1].recvcase());
                switch (await select(req[0].sendcase(seqno), req[1].sendcase(seqno), dat0, dat1))
                {
                    case 0:
                        dat[0] = @in[0].dat;
                        req[0] = null;
                        break;
                    case 1:
                        dat[1] = @in[1].dat;
                        req[1] = null;
                        break;
                    case 2:
                        @out[0] = dat0.v;
                        dat[0] = null;
                        break;
                    case 3:
                        @out[1] = dat1.v;
                        dat[1] = null;
                        break;
                }
            }
            return @out;
        }

        // One rat from each of 2 channels.
        private static go<rat[]> get2(dch in0, dch in1) => getn([in0, in1]);

        private static async go copy(dch @in, dch @out)
        {
            for (; ; )
            {
                await @out.req.Recv();
                await @out.dat.Send(await get(@in));
            }
        }

        private static async go repeat(rat dat, dch @out)
        {
            for (; ; )
            {
                await put(dat, @out);
            }
        }

        private static dch Ones = null!;
        private static dch Twos = null!;

        // Names: series have capitals, numbers have not;
        // U, V are what comes in, Y, Z what goes out.

        // the greatest common divisor, for fractions
        private static int64 gcd(int64 u, int64 v)
        {
            if (u < 0)
            {
                return gcd(-u, v);
            }
            if (u == 0)
            {
                return v;
            }
            return gcd(v % u, u);
        }

        // A fraction of two numbers, and of one.
        private static rat i2tor(int64 u, int64 v)
        {
            var g = gcd(u, v);
            if (v > 0)
            {
                return new rat(u / g, v / g);
            }
            return new rat(-u / g, -v / g);
        }

        private static rat itor(int64 u) => i2tor(u, 1);

        private static rat zero;
        private static rat one;

        // The end, and whether it is the end.
        private static rat finis;

        private static int64 end(rat u)
        {
            if (u.den == 0)
            {
                return 1;
            }
            return 0;
        }

        // Operations on fractions.
        private static rat add(rat u, rat v)
        {
            var g = gcd(u.den, v.den);
            return i2tor(u.num * (v.den / g) + v.num * (u.den / g), u.den * (v.den / g));
        }

        private static rat mul(rat u, rat v)
        {
            var g1 = gcd(u.num, v.den);
            var g2 = gcd(u.den, v.num);
            return new rat(u.num / g1 * (v.num / g2), u.den / g2 * (v.den / g1));
        }

        private static rat neg(rat u) => i2tor(-u.num, u.den);

        private static rat sub(rat u, rat v) => add(u, neg(v));

        // Each of these returns a channel of the series, and starts what
        // puts the coefficients
        // there.

        // Two series that are the same as one.
        private static dch[] Split(dch U)
        {
            var UU = mkdch2();
            builtin.go(() => split(U, UU));
            return UU;
        }

        // The sum.
        private static dch Add(dch U, dch V)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                for (; ; )
                {
                    await Z.req.Recv();
                    var uv = await get2(U, V);
                    switch (end(uv[0]) + 2 * end(uv[1]))
                    {
                        case 0:
                            await Z.dat.Send(add(uv[0], uv[1]));
                            break;
                        case 1:
                            await Z.dat.Send(uv[1]);
                            await copy(V, Z);
                            break;
                        case 2:
                            await Z.dat.Send(uv[0]);
                            await copy(U, Z);
                            break;
                        case 3:
                            await Z.dat.Send(finis);
                            break;
                    }
                }
            });
            return Z;
        }

        // The product with a number.
        private static dch Cmul(rat c, dch U)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                var done = false;
                while (!done)
                {
                    await Z.req.Recv();
                    var u = await get(U);
                    if (end(u) != 0)
                    {
                        done = true;
                    }
                    else
                    {
                        await Z.dat.Send(mul(c, u));
                    }
                }
                await Z.dat.Send(finis);
            });
            return Z;
        }

        // The difference.
        private static dch Sub(dch U, dch V) => Add(U, Cmul(neg(one), V));

        private static dch Rep(rat c)
        {
            var Z = mkdch();
            builtin.go(() => repeat(c, Z));
            return Z;
        }

        private static dch Shift(rat c, dch U)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                await put(c, Z);
                await copy(U, Z);
            });
            return Z;
        }

        // The product. With
        //	U = u + x*UU
        //	V = v + x*VV
        // it is u*v + x*(u*VV+v*UU) + x*x*UU*VV.
        private static dch Mul(dch U, dch V)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                await Z.req.Recv();
                var uv = await get2(U, V);
                if (end(uv[0]) != 0 || end(uv[1]) != 0)
                {
                    await Z.dat.Send(finis);
                }
                else
                {
                    await Z.dat.Send(mul(uv[0], uv[1]));
                    var UU = Split(U);
                    var VV = Split(V);
                    var W = Add(Cmul(uv[0], VV[0]), Cmul(uv[1], UU[0]));
                    await Z.req.Recv();
                    await Z.dat.Send(await get(W));
                    await copy(Add(W, Mul(UU[1], VV[1])), Z);
                }
            });
            return Z;
        }

        // The derivative.
        private static dch Diff(dch U)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                await Z.req.Recv();
                var u = await get(U);
                if (end(u) == 0)
                {
                    var done = false;
                    for (var i = 1; !done; i++)
                    {
                        u = await get(U);
                        if (end(u) != 0)
                        {
                            done = true;
                        }
                        else
                        {
                            await Z.dat.Send(mul(itor(i), u));
                            await Z.req.Recv();
                        }
                    }
                }
                await Z.dat.Send(finis);
            });
            return Z;
        }

        // The integral, c at 0.
        private static dch Integ(rat c, dch U)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                await put(c, Z);
                var done = false;
                for (var i = 1; !done; i++)
                {
                    await Z.req.Recv();
                    var u = await get(U);
                    if (end(u) != 0)
                    {
                        done = true;
                    }
                    await Z.dat.Send(mul(i2tor(1, i), u));
                }
                await Z.dat.Send(finis);
            });
            return Z;
        }

        // exp(U), where U is taken to be 0 at 0, as else
        // the coefficients are not rational.
        //	Z = exp(U)
        //	DZ = Z*DU
        // and Z is the integral of that.
        private static async go<dch> Exp(dch U)
        {
            var ZZ = mkdch2();
            await split(Integ(one, Mul(ZZ[0], Diff(U))), ZZ);
            return ZZ[1];
        }

        // U(c x^n): each coefficient is multiplied by c once more than the one before,
        // and n-1 zeros follow it.
        private static dch MonSubst(dch U, rat c0, int n)
        {
            var Z = mkdch();
            builtin.go(async () =>
            {
                var c = one;
                for (; ; )
                {
                    await Z.req.Recv();
                    var u = await get(U);
                    await Z.dat.Send(mul(u, c));
                    c = mul(c, c0);
                    if (end(u) != 0)
                    {
                        await Z.dat.Send(finis);
                        break;
                    }
                    for (var i = 1; i < n; i++)
                    {
                        await Z.req.Recv();
                        await Z.dat.Send(zero);
                    }
                }
            });
            return Z;
        }

        private static void Init()
        {
            seqno = 0;
            zero = itor(0);
            one = itor(1);
            finis = i2tor(1, 0);
            Ones = Rep(one);
            Twos = Rep(itor(2));
        }

        private static async go check(dch U, rat c, int count, string str)
        {
            for (var i = 0; i < count; i++)
            {
                var r = await get(U);
                if (r != c)
                {
                    runtime.print("got: ", r.num, "/", r.den, " should get ", c.num, "/", c.den, "\n");
                    panic(str);
                }
            }
        }

        private const int N = 10;

        private static async go checka(dch U, rat[] a, string str)
        {
            for (var i = 0; i < N; i++)
            {
                await check(U, a[i], 1, str);
            }
        }

        internal static async go main()
        {
            Init();
            await check(Ones, one, 5, "Ones");
            await check(Add(Ones, Ones), itor(2), 0, "Add Ones Ones"); // 1 1 1 1 1
            await check(Add(Ones, Twos), itor(3), 0, "Add Ones Twos"); // 3 3 3 3 3
            var a = new rat[N];
            var d = Diff(Ones);
            for (var i = 0; i < N; i++)
            {
                a[i] = itor(i + 1);
            }
            await checka(d, a, "Diff"); // 1 2 3 4 5
            var @in = Integ(zero, Ones);
            a[0] = zero; // the constant
            for (var i = 1; i < N; i++)
            {
                a[i] = i2tor(1, i);
            }
            await checka(@in, a, "Integ"); // 0 1 1/2 1/3 1/4 1/5
            await check(Cmul(neg(one), Twos), itor(-2), 10, "CMul"); // -1 -1 -1 -1 -1
            await check(Sub(Ones, Twos), itor(-1), 0, "Sub Ones Twos"); // -1 -1 -1 -1 -1
            var m = Mul(Ones, Ones);
            for (var i = 0; i < N; i++)
            {
                a[i] = itor(i + 1);
            }
            await checka(m, a, "Mul"); // 1 2 3 4 5
            var e = await Exp(Ones);
            a[0] = itor(1);
            a[1] = itor(1);
            a[2] = i2tor(3, 2);
            a[3] = i2tor(13, 6);
            a[4] = i2tor(73, 24);
            a[5] = i2tor(167, 40);
            a[6] = i2tor(4051, 720);
            a[7] = i2tor(37633, 5040);
            a[8] = i2tor(43817, 4480);
            a[9] = i2tor(4596553, 362880);
            await checka(e, a, "Exp"); // 1 1 3/2 13/6 73/24
            var at = Integ(zero, MonSubst(Ones, neg(one), 2));
            for (var (c, i) = (1, 0); i < N; i++)
            {
                if (i % 2 == 0)
                {
                    a[i] = zero;
                }
                else
                {
                    a[i] = i2tor(c, i);
                    c *= -1;
                }
            }
            await checka(at, a, "ATan"); // 0 -1 0 -1/3 0 -1/5
        }
    }

    // Channels of elements without a size.
    private static class zerosize
    {
        // PORT(test): no [0]byte
        internal static async go main()
        {
            _ = makechan<@struct>();
            _ = makechan<@struct>(1);
        }
    }
}
