using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace testrun;

/// <summary>A process whose end is waited for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Command">The command and its arguments.</param>
internal sealed record Job(string Name, string[] Command)
{
    /// <summary>What is added to the environment.</summary>
    internal Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>Its folder.</summary>
    internal string Folder { get; init; } = "";

    /// <summary>Reads its results when it has ended, given what it printed; null if its status is all that it says.</summary>
    internal Func<string, Report>? Results { get; init; }

    /// <summary>How long it may take.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(20);
}

/// <summary>What a job came to.</summary>
/// <param name="Job">The job.</param>
/// <param name="Report">Its results.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Log">The file with what it printed.</param>
internal sealed record Done(Job Job, Report Report, double Seconds, string Log);

/// <summary>Runs jobs, some at a time.</summary>
/// <param name="folder">The folder for what they print.</param>
/// <param name="width">How many at a time.</param>
/// <param name="done">Told of each job that has ended, one after the other.</param>
/// <param name="waiting">Told now and then of those that run, and for how many seconds.</param>
internal sealed class Runner(string folder, int width, Action<Done> done, Action<IReadOnlyList<(Job, double)>> waiting)
{
    /// <summary>How long it is before waiting is told again.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Job, (Process process, Stopwatch since)> running = [];

    /// <summary>Runs all jobs, in the order given.</summary>
    internal void Run(IReadOnlyList<Job> jobs)
    {
        var next = 0;
        var workers = new Task[Math.Min(width, jobs.Count)];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Factory.StartNew(() =>
            {
                for (int k; (k = Interlocked.Increment(ref next) - 1) < jobs.Count;)
                {
                    var d = Run(jobs[k]);
                    lock (running)
                    {
                        done(d);
                    }
                }
            }, TaskCreationOptions.LongRunning);
        }
        while (!Task.WaitAll(workers, Patience))
        {
            lock (running)
            {
                var list = new List<(Job, double)>();
                foreach (var (job, (_, since)) in running)
                {
                    list.Add((job, since.Elapsed.TotalSeconds));
                }
                waiting(list);
            }
        }
    }

    private Done Run(Job job)
    {
        var log = Path.Combine(folder, job.Name.Replace(' ', '.') + ".log");
        var since = Stopwatch.StartNew();
        var report = new Report([], []);
        try
        {
            // The shell gives it the file and becomes it: there is no pipe that a child of its own could hold.
            using var process = new Process { StartInfo = new("/bin/sh", ["-c", "exec \"$@\" </dev/null >\"$0\" 2>&1", log, .. job.Command]) { WorkingDirectory = job.Folder } };
            foreach (var (name, value) in job.Environment)
            {
                process.StartInfo.Environment[name] = value;
            }
            lock (running)
            {
                process.Start();
                running[job] = (process, since);
            }
            var ended = process.WaitForExit(job.Limit);
            lock (running)
            {
                running.Remove(job);
            }
            if (!ended)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
            report = job.Results?.Invoke(File.ReadAllText(log)) ?? report;
            report = report.Ended(ended ? process.ExitCode : null, job.Limit);
        }
        catch (Exception e)
        {
            // Whatever it is, the job has not passed.
            report = report with { Errors = [.. report.Errors, e.Message] };
        }
        return new Done(job, report, since.Elapsed.TotalSeconds, log);
    }

    /// <summary>Ends what runs.</summary>
    internal void Kill()
    {
        lock (running)
        {
            foreach (var (process, _) in running.Values)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
