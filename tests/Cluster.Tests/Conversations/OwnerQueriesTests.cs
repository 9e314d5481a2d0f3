using OrleansChat.Testing.Product;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>Questions about all of an owner's conversations.</summary>
public class OwnerQueriesTests
{
    [Fact]
    public async Task What_a_silo_does_not_answer_is_asked_again_before_the_caller_gives_up()
    {
        LostAnswers lost = null!;
        await using var cluster = await ChatCluster.StartAsync(before: store => LostAnswers.Before(store, out lost));
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        var conversation = await node.Api.CreateAsync(new { title = "Blue skies" });
        // Not all at once, as those that are lost keep the owner's others waiting.
        var lists = await Task.WhenAll(node.Api.GetAsync("/conversations"), node.Api.GetAsync($"/conversations?before={conversation}"));
        lost.Release();
        var others = await Task.WhenAll(node.Api.GetAsync("/conversations?q=skies"), node.Api.GetAsync("/usage"));
        lost.Release();

        Assert.Equal(conversation, Assert.Single(lists[0].GetProperty("data").EnumerateArray()).Text("id"));
        Assert.Empty(lists[1].GetProperty("data").EnumerateArray());
        Assert.Equal(conversation, Assert.Single(others[0].GetProperty("data").EnumerateArray()).Text("id"));
        Assert.Equal(0, others[1].GetProperty("total").GetProperty("replies").GetInt32());
        Assert.Equal([("ListAsync", 2), ("ListNewerAsync", 2), ("ReadUsageAsync", 2), ("SearchAsync", 2)], lost.Asked.Select(each => (each.Key, each.Value)).Order());
    }
}
