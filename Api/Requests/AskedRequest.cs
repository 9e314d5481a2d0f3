namespace OrleansChat.Requests;

/// <summary>What a request says it is, before anybody has looked whether it repeats another.</summary>
/// <param name="Key">Its own key; null where it has none.</param>
/// <param name="Fingerprint">What it asks for.</param>
internal sealed record AskedRequest(string? Key, string Fingerprint);
