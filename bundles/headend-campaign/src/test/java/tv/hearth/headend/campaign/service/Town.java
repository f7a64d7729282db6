package tv.hearth.headend.campaign.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Candidate;

/** Boxes that answer as real ones do, under a clock of their own: each key is taken once. */
final class Town implements Fleet, BoxLine {
  final Map<String, String> runs = new TreeMap<>();
  final Set<String> off = new HashSet<>();
  final List<Action> heard = new ArrayList<>();
  final Deque<Answer> answers = new ArrayDeque<>();

  /** What a box says of a release; the first wins. */
  final Map<String, Outcome> verdicts = new HashMap<>();

  /** Boxes that take a command up and then work until they are recalled or finish. */
  final Set<String> slow = new HashSet<>();

  /** What slow boxes are at. */
  final Map<String, Action> atIt = new TreeMap<>();

  Predicate<String> silent = box -> false;

  /** The broker has said nothing yet of anybody. */
  boolean unknown;

  long now = 1_700_000_000_000L;
  private final Map<String, Answer> known = new HashMap<>();

  Town(int boxes) {
    for (int i = 0; i < boxes; i++) {
      runs.put("box-" + (char) ('a' + i), "");
    }
  }

  @Override
  public Collection<Candidate> boxes() {
    return runs.keySet().stream()
        .map(box -> new Candidate(box, "host", "pid-1", online(box)))
        .collect(Collectors.toList());
  }

  @Override
  public boolean online(String box) {
    return !off.contains(box) && !unknown;
  }

  @Override
  public boolean off(String box) {
    return off.contains(box) && !unknown;
  }

  @Override
  public void act(Action action) {
    heard.add(action);
    if (off.contains(action.box()) || silent.test(action.box())) {
      return;
    }
    if (action.kind() == Action.Kind.CANCEL) {
      recalled(action);
    } else if (slow.contains(action.box()) && !known.containsKey(action.key())) {
      atIt.putIfAbsent(action.box(), action);
      answers.add(new Answer(action.box(), action.key(), Outcome.ACCEPTED, ""));
    } else {
      answers.add(known.computeIfAbsent(action.key(), key -> run(action)));
    }
  }

  private void recalled(Action action) {
    boolean has = action.release().target().equals(runs.get(action.box()));
    Outcome outcome = has && atIt.get(action.box()) == null ? Outcome.DONE : Outcome.CANCELLED;
    atIt.remove(action.box());
    answers.add(new Answer(action.box(), action.key(), outcome, ""));
  }

  /** Boxes that were slow end what they are at, as a box does that nobody recalled. */
  void finish() {
    slow.clear();
    atIt.values()
        .forEach(action -> answers.add(known.computeIfAbsent(action.key(), k -> run(action))));
    atIt.clear();
  }

  private Answer run(Action action) {
    String target = action.release().target();
    Outcome outcome =
        verdicts.getOrDefault(action.box(), verdicts.getOrDefault(target, Outcome.DONE));
    if (outcome == Outcome.DONE) {
      runs.put(action.box(), target);
    }
    return new Answer(action.box(), action.key(), outcome, outcome == Outcome.DONE ? "" : "so");
  }

  /** Lets time pass until nothing more happens, or that long. */
  void go(Campaigns campaigns, int seconds) {
    for (int i = 0; i < seconds; i++) {
      campaigns.tick();
      while (!answers.isEmpty()) {
        campaigns.answered(answers.poll());
      }
      now += 1000;
    }
  }

  long asked(String target) {
    return heard.stream()
        .filter(a -> a.release().target().equals(target) && a.kind() == Action.Kind.UPDATE)
        .map(Action::box)
        .distinct()
        .count();
  }

  long running(String target) {
    return runs.values().stream().filter(target::equals).count();
  }
}
