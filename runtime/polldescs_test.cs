// The pollDescs of the runtime, for tests that must leave none behind. Compiled into the tests of
// package net too.
using System.Collections.Generic;
using static golang.runtime;

namespace golang;

internal static class polldescs
{
    // inuse counts the pollDescs that are in use. It checks those that are free on the way: each must
    // be one of the cache's and free only once, and neither have a waiter nor a timer.
    internal static unsafe int inuse()
    {
        HashSet<nuint> all = [];
        var free = 0;
        string? bad = null;

        // The lock takes an m, which threads of the test host do not have.
        var borrowed = getg() == null;
        if (borrowed)
        {
            needm();
        }
        @lock(&pollcache->@lock);
        for (var i = 0; i < pollcache->blocks.len; i++)
        {
            var pd = pollcache->blocks[i];
            for (var n = Math.Max(pollBlockSize / sizeof(pollDesc), 1); n > 0; n--)
            {
                all.Add((nuint)pd++);
            }
        }
        var total = all.Count;
        for (var pd = pollcache->first; pd != null && bad == null; pd = pd->link)
        {
            free++;
            if (!all.Remove((nuint)pd))
            {
                bad = "free pollDesc that is free already, or not of the cache";
            }
            else if (pd->rg.Load() > pdReady || pd->wg.Load() > pdReady)
            {
                bad = "free pollDesc with a waiter";
            }
            else if (pd->rt.f != null || pd->wt.f != null)
            {
                bad = "free pollDesc with a timer";
            }
        }
        unlock(&pollcache->@lock);
        if (borrowed)
        {
            dropm();
        }

        Assert.That(bad, Is.Null);
        return total - free;
    }
}
