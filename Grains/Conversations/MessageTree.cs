namespace OrleansChat.Conversations;

/// <summary>The messages of a conversation and which follows which. The branch that ends with the head is the active one.</summary>
internal sealed class MessageTree
{
    // In the order of creation; null where one was removed.
    private readonly List<Message?> messages = [];
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    // By parent, in the order of creation; those without a parent under the empty text, which is nobody's id.
    private readonly Dictionary<string, List<int>> children = new(StringComparer.Ordinal);
    private readonly List<int> places = [];
    private List<int>? active = [];

    /// <summary>The positions of all messages, oldest first.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, messages.Count).Where(position => messages[position] is not null);

    /// <summary>The id of the message that the active branch ends with; null before the first message.</summary>
    public string? Head { get; private set; }

    /// <summary>The positions of the active branch's messages, oldest first.</summary>
    public IReadOnlyList<int> ActiveBranch => active ??= BranchTo(Head);

    /// <summary>A message by its position in the order of creation.</summary>
    public Message this[int position]
    {
        get => messages[position]!;
        set => messages[position] = value;
    }

    /// <summary>A message; null when there is none with this id.</summary>
    public Message? Find(string id) => positions.TryGetValue(id, out var position) ? messages[position] : null;

    /// <summary>The position of a message; -1 when there is none with this id.</summary>
    public int PositionOf(string id) => positions.GetValueOrDefault(id, -1);

    /// <summary>Adds a message, which becomes the head.</summary>
    public void Add(Message message)
    {
        var position = messages.Count;
        positions.Add(message.Id, position);
        messages.Add(message);
        if (!children.TryGetValue(message.Parent ?? "", out var siblings))
        {
            children[message.Parent ?? ""] = siblings = [];
        }

        places.Add(siblings.Count);
        siblings.Add(position);
        if (message.Parent == Head)
        {
            active?.Add(position);
        }
        else
        {
            active = null;
        }

        Head = message.Id;
    }

    /// <summary>The messages that follow one, oldest first.</summary>
    public IEnumerable<Message> Following(string id) => children.GetValueOrDefault(id, []).Select(position => messages[position]!);

    /// <summary>Removes a message that there is. What followed it follows what it followed, and so does the head.</summary>
    public void Remove(string id)
    {
        positions.Remove(id, out var position);
        var parent = messages[position]!.Parent;
        messages[position] = null;
        var siblings = children[parent ?? ""];
        siblings.Remove(position);
        if (children.Remove(id, out var orphans))
        {
            foreach (var orphan in orphans)
            {
                messages[orphan] = messages[orphan]! with { Parent = parent };
            }

            siblings.AddRange(orphans);
            siblings.Sort();
        }

        for (var place = 0; place < siblings.Count; place++)
        {
            places[siblings[place]] = place;
        }

        Head = Head == id ? parent : Head;
        active = null;
    }

    /// <summary>Makes a message that there is the head.</summary>
    public void MoveTo(string id)
    {
        if (id != Head)
        {
            Head = id;
            active = null;
        }
    }

    /// <summary>The positions of the messages from the first to this one; none when there is no such message.</summary>
    public List<int> BranchTo(string? id)
    {
        var branch = new List<int>();
        while (id is not null && positions.TryGetValue(id, out var position))
        {
            branch.Add(position);
            id = messages[position]!.Parent;
        }

        branch.Reverse();
        return branch;
    }

    /// <summary>The newest of a message and all that come after it on any branch. Nothing follows that one.</summary>
    public string NewestAfter(string id)
    {
        var first = positions[id];
        var newest = first;
        var below = new HashSet<string>(StringComparer.Ordinal) { id };
        for (var position = first + 1; position < messages.Count; position++)
        {
            if (messages[position] is { Parent: { } parent } message && below.Contains(parent))
            {
                below.Add(message.Id);
                newest = position;
            }
        }

        return messages[newest]!.Id;
    }

    /// <summary>A message's place among those with the same parent.</summary>
    public MessageSiblings SiblingsOf(int position)
    {
        var siblings = children[messages[position]!.Parent ?? ""];
        var place = places[position];
        return new MessageSiblings(
            place + 1,
            siblings.Count,
            place > 0 ? messages[siblings[place - 1]]!.Id : null,
            place + 1 < siblings.Count ? messages[siblings[place + 1]]!.Id : null);
    }
}
