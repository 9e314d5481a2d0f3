namespace OrleansChat.Grains.Tests;

/// <summary>Tests that take every thread that there is for longer than others may wait for one.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
