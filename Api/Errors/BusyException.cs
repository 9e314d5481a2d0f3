namespace OrleansChat.Errors;

/// <summary>More is asked for at once than this node takes on. Nothing was done; the request can be repeated in a moment.</summary>
/// <param name="detail">Of what there is too much, for the caller to read.</param>
internal sealed class BusyException(string detail) : Exception(detail);
