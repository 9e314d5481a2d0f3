// TestingHost creates configurators itself, so a cluster's parts meet in static state: one cluster at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
