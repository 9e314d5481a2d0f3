using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Demo;

/// <summary>A number that is the same for the same conversation in every process, and another for nearly every other conversation.</summary>
internal static class DemoSeed
{
    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The seed of a conversation: of its messages' roles and texts.</summary>
    public static ulong Of(IEnumerable<ChatMessage> messages)
    {
        var hash = Offset;
        foreach (var message in messages)
        {
            // The separators cannot occur in a role, and keep "a", "bc" apart from "ab", "c".
            hash = Add(Add(hash, message.Role.Value) ^ 0x1F, message.Text) ^ 0x1E;
        }

        return hash;
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }
}
