"""The list of volumes."""

from simulators.laid_papers import Paper, add_customer, lay


def test_an_archive_without_volumes_says_how_they_come_about(office):
    page = office.get("/volumes").text
    assert "还没有案卷" in page
    assert "去核对" in page


def test_volumes_are_found_by_year_and_customer_and_lead_to_their_papers(office, archive):
    with archive.begin() as work:
        mill = add_customer(work, "C0001", "苏州瑞泰精密机械有限公司")
        port = add_customer(work, "C0002", "上海浦江国际贸易有限公司")
        for customer, year in ((mill, 2023), (mill, 2024), (port, 2024)):
            key = lay(work, Paper(pages=("text",), customer_id=customer, series_code="3", year=year))
            volume_id = work.volumes.open_for(customer_id=customer, series_code="3", year=year)
            work.items.file(key, work.items.get(key).classification, volume_id=volume_id)
    assert "共 3 卷" in office.get("/volumes").text
    assert "共 2 卷" in office.get("/volumes?year=2024").text
    narrowed = office.get("/volumes?year=2024&q=瑞泰").text
    assert "共 1 卷" in narrowed
    assert 'href="/customers/C0001?series=3&amp;year=2024#items"' in narrowed
    assert "没有符合的案卷" in office.get("/volumes?q=没有这家").text
    assert office.get("/volumes?year=x&page=-2").status_code == 200
