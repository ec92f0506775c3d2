// Ports src/runtime/proc_runtime_test.go of go1.20.
using static golang.runtime;

namespace golang;

// Tests of proc.cs that need its inside.
internal static class proc_runtime_test
{
    internal static void RunStealOrderTest()
    {
        var ord = new randomOrder { coprimes = [] };
        for (var procs = 1; procs <= 64; procs++)
        {
            ord.reset((uint32)procs);
            Assert.That(procs < 3 || ord.coprimes.Length >= 2, $"too few coprimes: procs={procs}");
            for (var co = 0; co < ord.coprimes.Length; co++)
            {
                var @enum = ord.start((uint32)co);
                var @checked = new bool[procs];
                for (var p = 0; p < procs; p++)
                {
                    var x = @enum.position();
                    Assert.That(@checked[x], Is.False, $"duplicate during enumeration: procs={procs} inc={@enum.inc}");
                    @checked[x] = true;
                    @enum.next();
                }
                Assert.That(@enum.done(), "not done");
            }
        }
        // Different arguments of start must not lead to the same pos+inc twice.
        for (var procs = 2; procs <= 64; procs++)
        {
            ord.reset((uint32)procs);
            var @checked = new bool[procs * procs];
            // At least procs*len(coprimes) values of pos+inc should differ before they repeat.
            for (var i = 0; i < procs * ord.coprimes.Length; i++)
            {
                var @enum = ord.start((uint32)i);
                var j = @enum.pos * (uint32)procs + @enum.inc;
                Assert.That(@checked[j], Is.False, $"duplicate pos+inc during enumeration: procs={procs} pos={@enum.pos} inc={@enum.inc}");
                @checked[j] = true;
            }
        }
    }
}
