namespace OrleansChat.Browser.Tests.Evidence;

/// <summary>A test in the browser has failed. Says where the evidence is; as what, says its cause.</summary>
public sealed class VisitFailedException(Exception failure, string evidence) : Exception(evidence, failure);
