package tv.hearth.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.hearth.api.update.Operation.Phase;
import tv.hearth.api.update.Unit;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.usp.message.Add;
import tv.hearth.usp.message.AddResp;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Delete;
import tv.hearth.usp.message.DeleteResp;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetInstances;
import tv.hearth.usp.message.GetInstancesResp;
import tv.hearth.usp.message.GetResp;
import tv.hearth.usp.message.GetSupportedDm;
import tv.hearth.usp.message.GetSupportedDmResp;
import tv.hearth.usp.message.GetSupportedProtocol;
import tv.hearth.usp.message.GetSupportedProtocolResp;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.OperateResp;
import tv.hearth.usp.message.Set;
import tv.hearth.usp.message.SetResp;
import tv.hearth.usp.message.Setting;
import tv.hearth.usp.message.UspError;

class AgentTest {
  private static final String SUBSCRIPTION = "Device.LocalAgent.Subscription.";
  private static final String UNIT = "Device.SoftwareModules.ExecutionUnit.";

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void begin() throws Exception {
    bench = new Bench(folder);
  }

  private GetResp.PathResult get(String path) throws Exception {
    return ((GetResp) bench.ask(new Get(List.of(path), 0))).results().get(0);
  }

  private String value(String path) throws Exception {
    GetResp.Resolved resolved = get(path).resolved().get(0);
    return resolved.params().values().iterator().next();
  }

  private AddResp.Result subscribe(String id, String type, String references) throws Exception {
    List<Setting> settings =
        List.of(
            new Setting("ID", id, true),
            new Setting("Enable", "true", true),
            new Setting("NotifType", type, true),
            new Setting("ReferenceList", references, true),
            new Setting("Persistent", "true", true),
            new Setting("NotifRetry", "true", true));
    Add add = new Add(false, List.of(new Add.CreateObject(SUBSCRIPTION, settings)));
    return ((AddResp) bench.ask(add)).results().get(0);
  }

  private OperateResp.Result operate(String command, Map<String, String> inputs) throws Exception {
    Body body = bench.ask(new Operate(command, "key", true, inputs));
    return ((OperateResp) body).results().get(0);
  }

  @Test
  void readsParametersObjectsAndWildcards() throws Exception {
    assertEquals("2.16", value("Device.RootDataModelVersion"));
    assertEquals("tv.hearth.storage", value(UNIT + "11.Name"));
    assertEquals(2, get(UNIT + "*.Name").resolved().size());
    assertEquals(2, get(UNIT).resolved().size());
    assertEquals(13, get(UNIT + "12.").resolved().get(0).params().size());
    assertEquals(
        "Device.SoftwareModules.ExecutionUnit.12.",
        get(UNIT + "[Status==\"Idle\"&&Name!=\"x\"].EUID").resolved().get(0).path());
    assertTrue(get(UNIT + "[Status==\"Stopping\"].").resolved().isEmpty());
    assertEquals("FailureOnStart", value(UNIT + "12.ExecutionFaultCode"));
  }

  @Test
  void aUnitThatWasSetIdleHasNoFault() throws Exception {
    bench.storage = tv.hearth.api.update.Unit.State.IDLE;
    assertEquals("Idle", value(UNIT + "11.Status"));
    assertEquals("NoFault", value(UNIT + "11.ExecutionFaultCode"));
    assertEquals("FailureOnStart", value(UNIT + "12.ExecutionFaultCode"));
  }

  @Test
  void anIdThatAControllerMakesOfALongPathIsTaken() throws Exception {
    String path = "Device.SoftwareModules.ExecutionUnit.11.SetRequestedState()";
    String id = "NOTIFY@" + path + "@" + "7".repeat(17);
    assertTrue(id.length() > 64);
    subscribe(id, "OperationComplete", path);
    assertEquals(id, value(SUBSCRIPTION + "1.ID"));
    String alias = value(SUBSCRIPTION + "1.Alias");
    assertTrue(alias.length() <= 64, alias);
    subscribe("x".repeat(64), "Event", "Device.Boot!");
    assertTrue(value(SUBSCRIPTION + "2.Alias").length() <= 64);
    List<Setting> endless = List.of(new Setting("ID", "x".repeat(1025), true));
    Body refused = bench.ask(new Add(false, List.of(new Add.CreateObject(SUBSCRIPTION, endless))));
    assertTrue(((UspError) refused).message().contains("1024"), refused.toString());
  }

  @Test
  void aDepthBoundsWhatIsRead() throws Exception {
    Body one = bench.ask(new Get(List.of("Device.SoftwareModules."), 1));
    List<GetResp.Resolved> first = ((GetResp) one).results().get(0).resolved();
    assertEquals(1, first.size());
    assertEquals(4, get("Device.SoftwareModules.").resolved().size());
  }

  @ParameterizedTest
  @CsvSource({
    "Device.Nothing., 7026",
    "Device.SoftwareModules.Nothing, 7026",
    "Device.SoftwareModules.ExecutionUnit.99., 7016",
    "Device.SoftwareModules.ExecutionUnit.99.Name, 7016",
    "Internet.Old., 7008",
    "Device..X, 7008",
    "'Device.SoftwareModules.ExecutionUnit.[Name==\"x\".', 7008",
    "'Device.SoftwareModules.ExecutionUnit.[Nothing==\"x\"].Name', 7026",
  })
  void whatCantBeReadHasItsCode(String path, int code) throws Exception {
    assertEquals(code, get(path).code(), get(path).message());
  }

  @Test
  void tellsWhatItSupportsAndWhatIsThere() throws Exception {
    Body body =
        bench.ask(
            new GetSupportedDm(List.of("Device.SoftwareModules."), false, true, true, true, true));
    List<GetSupportedDmResp.SupportedObject> objects =
        ((GetSupportedDmResp) body).results().get(0).objects();
    assertEquals(
        List.of(
            "Device.SoftwareModules.",
            "Device.SoftwareModules.DeploymentUnit.{i}.",
            "Device.SoftwareModules.ExecutionUnit.{i}."),
        objects.stream().map(GetSupportedDmResp.SupportedObject::path).toList());
    assertEquals("InstallDU()", objects.get(0).commands().get(0).name());
    assertEquals("DUStateChange!", objects.get(0).events().get(0).name());
    assertTrue(objects.get(1).multiInstance());
    Body instances =
        bench.ask(new GetInstances(List.of("Device.SoftwareModules.", "Device.No."), false));
    List<GetInstancesResp.PathResult> results = ((GetInstancesResp) instances).results();
    assertEquals(3, results.get(0).instances().size());
    assertEquals("tv.hearth.storage", results.get(0).instances().get(1).uniqueKeys().get("EUID"));
    assertEquals(7026, results.get(1).code());
    Body versions = bench.ask("self::anybody", new GetSupportedProtocol("1.3"));
    assertTrue(((GetSupportedProtocolResp) versions).versions().contains("1.3"));
  }

  @Test
  void whoIsNotKnownMayNothingAndAReaderMayRead() throws Exception {
    Body error = bench.ask("self::stranger", new Get(List.of("Device."), 0));
    assertEquals(7006, ((UspError) error).code());
    assertInstanceOf(GetResp.class, bench.ask("self::reader", new Get(List.of("Device."), 0)));
    Operate install = new Operate("Device.SoftwareModules.InstallDU()", "k", true, Map.of());
    assertEquals(7006, ((UspError) bench.ask("self::reader", install)).code());
    assertEquals(7001, ((UspError) bench.ask(new GetResp(List.of()))).code());
  }

  @Test
  void anInstallIsTheUpdateAgentsAndItsEndIsTold() throws Exception {
    subscribe("c", "OperationComplete", "Device.SoftwareModules.InstallDU()");
    subscribe("e", "Event", "Device.SoftwareModules.DUStateChange!");
    OperateResp.Result result =
        operate("Device.SoftwareModules.InstallDU()", Map.of("URL", "tuf:release/hearth/2.json"));
    assertEquals("Device.LocalAgent.Request.1.", result.request());
    assertEquals("Active", value("Device.LocalAgent.Request.1.Status"));
    String id = bench.operations.keySet().iterator().next();
    assertEquals("release/hearth/2.json", bench.operations.get(id).target());
    assertEquals("Updating", value("Device.SoftwareModules.DeploymentUnit.1.Status"));

    bench.end(id, Phase.COMMITTED, null);
    bench.updates.changed(bench.operations.get(id));
    Notify.Event event = (Notify.Event) bench.notified.get(0).what();
    assertEquals("2", event.params().get("Version"));
    assertEquals("0", event.params().get("Fault.FaultCode"));
    Notify.OperationComplete complete = (Notify.OperationComplete) bench.notified.get(1).what();
    assertEquals("InstallDU()", complete.command());
    assertEquals("key", complete.commandKey());
    assertEquals(0, complete.outcome().code());
    assertEquals(7016, get("Device.LocalAgent.Request.1.").code());
    assertEquals("2", value("Device.SoftwareModules.DeploymentUnit.1.Version"));
  }

  @Test
  void aFailedUpdateLeavesTheOldVersionAndSaysSo() throws Exception {
    subscribe("e", "Event", "Device.SoftwareModules.");
    operate(
        "Device.SoftwareModules.DeploymentUnit.1.Update()",
        Map.of("URL", "https://h.example/targets/release/hearth/" + "a".repeat(64) + ".3.json"));
    String id = bench.operations.keySet().iterator().next();
    assertEquals("release/hearth/3.json", bench.operations.get(id).target());
    bench.end(id, Phase.ROLLED_BACK, Problem.UNHEALTHY);
    bench.updates.changed(bench.operations.get(id));
    Notify.Event event = (Notify.Event) bench.notified.get(0).what();
    assertEquals("1", event.params().get("Version"));
    assertEquals("Installed", event.params().get("CurrentState"));
    assertEquals("7022", event.params().get("Fault.FaultCode"));
    assertEquals("UNHEALTHY: because", event.params().get("Fault.FaultString"));
  }

  @Test
  void aBoxThatWentBackToWhatIsNotWellSaysSoByACodeOfItsOwnAndUntilTheNextRelease()
      throws Exception {
    subscribe("c", "OperationComplete", "Device.");
    String unit = "Device.SoftwareModules.DeploymentUnit.1.";
    assertEquals("", get(unit).resolved().get(0).params().get("X_HEARTH_Ailing"));
    operate(unit + "Update()", Map.of("URL", "tuf:release/hearth/3.json"));
    String id = bench.operations.keySet().iterator().next();
    bench.end(id, Phase.ROLLED_BACK, Problem.UNHEALTHY, "tv.hearth.storage fails: newer");
    bench.updates.changed(bench.operations.get(id));
    Notify.OperationComplete end = (Notify.OperationComplete) bench.notified.get(0).what();
    assertEquals(7800, end.outcome().code());
    assertEquals("UNHEALTHY: because", end.outcome().message());
    assertEquals(
        "went back from release/hearth/3.json, but: tv.hearth.storage fails: newer",
        get(unit).resolved().get(0).params().get("X_HEARTH_Ailing"));
    bench.start("next", "release/hearth/4.json");
    bench.end("next", Phase.COMMITTED, null);
    assertEquals("", get(unit).resolved().get(0).params().get("X_HEARTH_Ailing"));
  }

  @Test
  void codeThatNobodySignedIsRefused() throws Exception {
    for (String url : List.of("http://evil.example/x.jar", "file:/etc/passwd", "tuf:../x", "")) {
      OperateResp.Result result = operate("Device.SoftwareModules.InstallDU()", Map.of("URL", url));
      assertEquals(7027, result.outcome().code(), url);
    }
    bench.refuse = java.util.Optional.of(Problem.UNTRUSTED);
    OperateResp.Result result =
        operate("Device.SoftwareModules.InstallDU()", Map.of("URL", "tuf:release/a/1.json"));
    assertEquals(7002, result.outcome().code());
    assertTrue(get("Device.LocalAgent.Request.").resolved().isEmpty());
  }

  @Test
  void theOtherCommands() throws Exception {
    subscribe("c", "OperationComplete", "Device.");
    operate(UNIT + "11.Restart()", Map.of());
    assertEquals(Unit.State.STARTING, bench.states.get("tv.hearth.storage"));
    operate(UNIT + "11.SetRequestedState()", Map.of("RequestedState", "Idle"));
    assertEquals(Unit.State.IDLE, bench.states.get("tv.hearth.storage"));
    assertEquals(2, bench.notified.size());
    assertEquals(7002, operate(UNIT + "12.Restart()", Map.of()).outcome().code());
    assertEquals(
        7002,
        operate("Device.SoftwareModules.DeploymentUnit.1.Uninstall()", Map.of()).outcome().code());
    assertEquals(7027, operate(UNIT + "11.Restart()", Map.of("No", "x")).outcome().code());
    Body unknown = bench.ask(new Operate(UNIT + "11.Explode()", "k", true, Map.of()));
    assertEquals(7026, ((UspError) unknown).code());
  }

  @Test
  void aRequestCanBeCancelled() throws Exception {
    operate("Device.SoftwareModules.InstallDU()", Map.of("URL", "tuf:release/a/2.json"));
    operate("Device.LocalAgent.Request.1.Cancel()", Map.of());
    assertEquals(List.copyOf(bench.operations.keySet()), bench.cancelled);
  }

  @Test
  void requestsOutliveARestartAndEndAfterADay() throws Exception {
    subscribe("c", "OperationComplete", "Device.");
    operate("Device.SoftwareModules.InstallDU()", Map.of("URL", "tuf:release/a/2.json"));
    operate("Device.SoftwareModules.InstallDU()", Map.of("URL", "tuf:release/a/3.json"));
    String id = bench.operations.keySet().iterator().next();
    bench.end(id, Phase.FAILED, Problem.NO_ROOM);
    Bench again = new Bench(folder);
    again.operations.putAll(bench.operations);
    again.updates.catchUp(again);
    Notify.OperationComplete first = (Notify.OperationComplete) again.notified.get(0).what();
    assertEquals(7227, first.outcome().code());
    again.millis += 86_400_001;
    again.requests.tick();
    Notify.OperationComplete second = (Notify.OperationComplete) again.notified.get(1).what();
    assertEquals(7022, second.outcome().code());
    assertEquals(1, again.cancelled.size());
  }

  @Test
  void subscriptionsAreMadeChangedAndDeleted() throws Exception {
    AddResp.Result added = subscribe("a", "ValueChange", "Device.X_HEARTH_Test.Value");
    assertEquals(SUBSCRIPTION + "1.", added.path());
    assertEquals("Device.LocalAgent.Controller.1", value(added.path() + "Recipient"));
    assertEquals(7025, twice());
    Body set =
        bench.ask(
            new Set(
                false,
                List.of(
                    new Set.UpdateObject(
                        SUBSCRIPTION + "[ID==\"a\"].",
                        List.of(new Setting("Enable", "false", true))))));
    assertEquals(
        Map.of("Enable", "false"), ((SetResp) set).results().get(0).instances().get(0).updated());
    assertEquals("false", value(SUBSCRIPTION + "1.Enable"));
    Body deleted = bench.ask(new Delete(false, List.of(SUBSCRIPTION + "1.")));
    assertEquals(List.of(SUBSCRIPTION + "1."), ((DeleteResp) deleted).results().get(0).affected());
    assertEquals(7016, get(SUBSCRIPTION + "1.").code());
  }

  private int twice() throws Exception {
    Add.CreateObject same =
        new Add.CreateObject(SUBSCRIPTION, List.of(new Setting("ID", "a", true)));
    return ((UspError) bench.ask(new Add(false, List.of(same)))).code();
  }

  @Test
  void whatCantBeWrittenHasItsCodeAndNothingIsChanged() throws Exception {
    subscribe("a", "Event", "Device.");
    assertEquals(7013, set("Recipient", "x"));
    assertEquals(7010, set("Nothing", "x"));
    assertEquals(7011, set("Enable", "perhaps"));
    assertEquals(7011, set("TimeToLive", "4294967296"));
    assertEquals(7012, set("NotifType", "Gossip"));
    assertEquals("Event", value(SUBSCRIPTION + "1.NotifType"));
    assertEquals("0", value(SUBSCRIPTION + "1.TimeToLive"));
    Body add =
        bench.ask(new Add(false, List.of(new Add.CreateObject("Device.DeviceInfo.", List.of()))));
    assertEquals(7026, ((UspError) add).code());
    add =
        bench.ask(
            new Add(
                false, List.of(new Add.CreateObject("Device.LocalAgent.Controller.", List.of()))));
    assertEquals(7019, ((UspError) add).code());
    Body delete = bench.ask(new Delete(false, List.of("Device.LocalAgent.Controller.1.")));
    assertEquals(7024, ((UspError) delete).code());
  }

  private int set(String name, String value) throws Exception {
    // One that would do goes first: it must not be set either.
    List<Setting> settings =
        List.of(new Setting("TimeToLive", "60", true), new Setting(name, value, true));
    Body body =
        bench.ask(new Set(false, List.of(new Set.UpdateObject(SUBSCRIPTION + "1.", settings))));
    return ((UspError) body).code();
  }

  @Test
  void partialWritesSayWhichFailed() throws Exception {
    subscribe("a", "Event", "Device.");
    List<Setting> settings =
        List.of(new Setting("TimeToLive", "60", false), new Setting("Nothing", "x", false));
    Body body =
        bench.ask(
            new Set(
                true,
                List.of(
                    new Set.UpdateObject(SUBSCRIPTION + "1.", settings),
                    new Set.UpdateObject(SUBSCRIPTION + "9.", settings))));
    List<SetResp.Result> results = ((SetResp) body).results();
    assertEquals(Map.of("TimeToLive", "60"), results.get(0).instances().get(0).updated());
    assertEquals(7010, results.get(0).instances().get(0).paramErrors().get(0).code());
    assertEquals(7016, results.get(1).code());
  }

  @Test
  void changesOfValuesAreTold() throws Exception {
    subscribe("v", "ValueChange", "Device.X_HEARTH_Test.Value");
    bench.notifier.tick();
    bench.notifier.tick();
    assertTrue(bench.notified.isEmpty());
    bench.changing.put("Value", "b");
    bench.notifier.tick();
    assertEquals(
        new Notify.ValueChange("Device.X_HEARTH_Test.Value", "b"), bench.notified.get(0).what());
  }

  @Test
  void newAndGoneObjectsAreTold() throws Exception {
    subscribe("n", "ObjectCreation", "Device.LocalAgent.Subscription.");
    subscribe("g", "ObjectDeletion", "Device.LocalAgent.Subscription.");
    bench.notifier.tick();
    subscribe("x", "Event", "Device.");
    bench.notifier.tick();
    assertEquals(
        SUBSCRIPTION + "3.", ((Notify.ObjectCreation) bench.notified.get(0).what()).path());
    bench.ask(new Delete(false, List.of(SUBSCRIPTION + "3.")));
    bench.notifier.tick();
    assertEquals(new Notify.ObjectDeletion(SUBSCRIPTION + "3."), bench.notified.get(1).what());
  }

  @Test
  void aNotificationIsSentAgainUntilItIsAnsweredAlsoAfterARestart() throws Exception {
    subscribe("e", "Event", "Device.Boot!");
    bench.notifier.event("Device.", "Boot!", Map.of("Cause", "LocalReboot"));
    assertTrue(bench.notified.get(0).sendResponse());
    bench.notifier.tick();
    assertEquals(1, bench.notified.size());
    bench.millis += 10_000;
    bench.notifier.tick();
    assertEquals(2, bench.notified.size());
    assertEquals(bench.notifiedIds.get(0), bench.notifiedIds.get(1));

    Bench again = new Bench(folder);
    again.notifier.tick();
    assertEquals(bench.notifiedIds.get(0), again.notifiedIds.get(0));
    byte[] answer =
        again.record(
            Bench.ME,
            Bench.CONTROLLER,
            new tv.hearth.usp.message.Msg(again.notifiedIds.get(0), new NotifyResp("e")));
    assertTrue(again.send(answer).isEmpty());
    assertEquals(0, again.notifier.waiting());
    again.millis += 3_600_000;
    again.notifier.tick();
    assertEquals(1, again.notified.size());
  }

  @Test
  void whatIsNotPersistentIsGoneAfterARestart() throws Exception {
    subscribe("keep", "Event", "Device.");
    Add.CreateObject brief =
        new Add.CreateObject(SUBSCRIPTION, List.of(new Setting("ID", "brief", true)));
    bench.ask(new Add(false, List.of(brief)));
    Bench again = new Bench(folder);
    Body body = again.ask(new Get(List.of(SUBSCRIPTION + "*.ID"), 0));
    assertEquals(1, ((GetResp) body).results().get(0).resolved().size());
    assertFalse(((GetResp) body).results().get(0).resolved().isEmpty());
  }
}
