using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OrleansChat.Conversations;

/// <summary>The key of an <see cref="ICreationGrain"/>: <c>owner/tail</c>.</summary>
public static class CreationKey
{
    /// <summary>The key for an owner's name of a creation. The tail is a hash of both.</summary>
    public static string Of(OwnerId owner, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}/{name}"));
        return $"{owner}/{ConversationId.TailOf(BinaryPrimitives.ReadUInt128BigEndian(hash))}";
    }
}
