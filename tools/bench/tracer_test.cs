namespace bench;

internal sealed class TracerTest
{
    [Test]
    public void TestStrace()
    {
        var counts = Tracer.ParseStrace("""
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             55.00    0.005500           1      5000           write
             45.00    0.004500           1      9900      4900 read
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.010000           1     14900      4900 total
            """.Split('\n'));
        Assert.That(counts, Has.Count.EqualTo(2));
        Assert.That((counts["write"], counts["read"]), Is.EqualTo((5000, 9900)));
    }

    [Test]
    public void TestPerf()
    {
        var counts = Tracer.ParsePerf("""
            # started on Wed Nov 25 02:46:36 2026

            15000,,raw_syscalls:sys_enter,100,100.00,,
            9900,,syscalls:sys_enter_read,100,100.00,,
            5000,,syscalls:sys_enter_write,100,100.00,,
            0,,syscalls:sys_enter_futex,100,100.00,,
            <not counted>,,syscalls:sys_enter_sendto,0,100.00,,
            """.Split('\n'));
        Assert.That(counts, Has.Count.EqualTo(3));
        Assert.That((counts["read"], counts["write"], counts["others"]), Is.EqualTo((9900, 5000, 100)));
    }
}
