namespace OrleansChat.Authentication;

/// <summary>What let the caller in ended before his answer was ready. He is answered as anybody who is not let in.</summary>
internal sealed class AdmissionEndedException() : Exception("What let the caller in has ended: he gets no answer.");
