package tv.hearth.objects.put;

import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.ObjectMeters;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.read.PieceSource;

/** What every put shares. Thread-safe. */
public record PutKitchen(
    Services services,
    Workers workers,
    Remote remote,
    Boxes boxes,
    Authority authority,
    Replicas replicas,
    HolderHealth health,
    ObjectMeters meters,
    PieceSource source) {}
