namespace portcheck;

// Something that is not as it must be. What is what differs, Advice what to do about it.
internal sealed record Problem(string File, int Line, string? Go, string Name, string Kind, int Count, string What, string Advice)
{
    public override string ToString()
    {
        var go = Go == null ? "" : $" ({Go})";
        return $"{File}:{Line}: {Name}: {What}{go}. {Advice}";
    }
}
